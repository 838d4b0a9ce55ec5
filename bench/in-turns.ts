/**
 * Contenders in turns: whoever begins a round is another one each time, so that what the machine does beside them falls on all
 * alike.
 *
 * @module
 */

/** @returns For each contender what its runs gave, by round. */
export function inTurns<Contender, Sample>(
  contenders: readonly Contender[],
  rounds: number,
  run: (contender: Contender) => Sample,
): readonly (readonly Sample[])[] {
  const samples = contenders.map((): Sample[] => []);
  for (let round = 0; round < rounds; round++) {
    for (let turn = 0; turn < contenders.length; turn++) {
      const index = (round + turn) % contenders.length;
      samples[index]!.push(run(contenders[index]!));
    }
  }
  return samples;
}

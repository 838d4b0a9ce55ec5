/**
 * Thresholds that maximise micro F1.
 *
 * Cells (a question and a tag) come in groups; all cells of a group share one threshold: one group makes a global
 * threshold, a group for each tag one for each tag.
 *
 * Micro F1 is `2 TP / (given + true)`, a ratio of two sums over the groups. By Dinkelbach's method its exact maximum over
 * all thresholds at once is found: with `f` the best value so far each group by itself takes the threshold that maximises
 * `2 TP - f given`, which raises `f`, until it does not rise. All of it is in whole numbers, compared without rounding.
 * Coordinate ascent ends at the same value (Pillai et al.) in more passes.
 *
 * Of equal choices that which gives fewer tags is taken. The threshold lies midway between the lowest score that is given
 * and the next below it.
 *
 * @see W. Dinkelbach, "On nonlinear fractional programming", Management Science 13 (1967).
 * @see I. Pillai, G. Fumera, F. Roli, "Threshold optimisation for multi-label classifiers", Pattern Recognition 46 (2013).
 * @module
 */

/** Told of each cell that a threshold decides on. */
export type VisitCell = (group: number, score: number, isTrue: boolean) => void;

export type EachCell = (visit: VisitCell) => Settled;

/** Cells whose outcome no threshold changes. */
interface Settled {
  /** True and given. */
  readonly truePositives: number;
  readonly given: number;
}

/**
 * @param eachCell Visits all cells that a threshold decides on, and gives what is settled without; it is called twice.
 *   Scores finite.
 * @param positives True cells in all: those visited, those settled and those that can never be given.
 * @returns Length `groups`; 0 for a group without a cell.
 *
 * O(cells log positives) time; memory for the true cells only.
 */
export function bestThresholds(groups: number, eachCell: EachCell, positives: number): readonly number[] {
  const { tallies, settled } = tallyCells(groups, eachCell);
  let f = { truePositives: 0, size: 1 };
  for (;;) {
    const cuts = tallies.map((tally) => bestCut(tally, f));
    let { truePositives, given } = settled;
    cuts.forEach((cut, group) => {
      truePositives += tallies[group]!.truePositives[cut]!;
      given += tallies[group]!.given[cut]!;
    });
    const size = given + positives;
    if (truePositives * f.size <= f.truePositives * size) {
      return cuts.map((cut, group) => thresholdAt(tallies[group]!, cut));
    }
    f = { truePositives, size };
  }
}

/**
 * The cells of a group by the scores of its true ones: F1 is best where the lowest score that is given is one of those.
 * Index `cut`, from 0 to their number: what is given when the first `cut` of them are above the threshold.
 */
interface Tally {
  /** Distinct scores of true cells, falling. */
  readonly scores: Float64Array;
  readonly truePositives: Float64Array;
  readonly given: Float64Array;
  /** The highest score that is not given; -Infinity where there is none. */
  readonly below: Float64Array;
}

function tallyCells(
  groups: number,
  eachCell: EachCell,
): { readonly tallies: readonly Tally[]; readonly settled: Settled } {
  const trueScores = Array.from({ length: groups }, (): number[] => []);
  const settled = eachCell((group, score, isTrue) => {
    if (isTrue) trueScores[group]!.push(score);
  });
  const tallies = trueScores.map(emptyTally);
  eachCell((group, score, isTrue) => {
    const { scores, truePositives, given, below } = tallies[group]!;
    const cut = countAbove(scores, score);
    if (cut < scores.length) {
      given[cut + 1]!++;
      if (isTrue) truePositives[cut + 1]!++;
    }
    if (score > below[cut]!) below[cut] = score;
  });
  for (const { truePositives, given } of tallies) {
    for (let cut = 1; cut < given.length; cut++) {
      truePositives[cut]! += truePositives[cut - 1]!;
      given[cut]! += given[cut - 1]!;
    }
  }
  return { tallies, settled };
}

function emptyTally(trueScores: readonly number[]): Tally {
  const scores = Float64Array.from(new Set(trueScores)).sort().reverse();
  const cuts = scores.length + 1;
  return {
    scores,
    truePositives: new Float64Array(cuts),
    given: new Float64Array(cuts),
    below: new Float64Array(cuts).fill(-Infinity),
  };
}

/** How many of the scores, which fall, are above this one. */
function countAbove(scores: Float64Array, score: number): number {
  let low = 0;
  let high = scores.length;
  // Most cells: far below what is true.
  if (high > 0 && scores[high - 1]! > score) return high;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (scores[middle]! > score) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Maximises `2 TP - f given` for `f = 2 f.truePositives / f.size`; the first of equals. */
function bestCut(
  { truePositives, given }: Tally,
  f: { readonly truePositives: number; readonly size: number },
): number {
  let best = 0;
  let most = 0;
  for (let cut = 1; cut < given.length; cut++) {
    const gain = truePositives[cut]! * f.size - f.truePositives * given[cut]!;
    if (gain <= most) continue;
    best = cut;
    most = gain;
  }
  return best;
}

function thresholdAt({ scores, below }: Tally, cut: number): number {
  const next = below[cut]!;
  if (cut === 0) return next === -Infinity ? 0 : next;
  const lowest = scores[cut - 1]!;
  if (next === -Infinity) return lowest - 1 - Math.abs(lowest);
  const middle = next + (lowest - next) / 2;
  return middle < lowest ? middle : next;
}

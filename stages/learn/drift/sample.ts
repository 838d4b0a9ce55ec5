/**
 * What is watched of some questions: columns of numbers, one for each question, and columns of sets (the tags of a
 * question, its words), of which it counts how many questions have each member.
 *
 * @module
 */

export interface Sample {
  readonly questions: number;
  /** By the column's name, length questions; NaN where a question has none. */
  readonly numbers: Readonly<Record<string, Float64Array>>;
  /** By the column's name: member to the questions that have it, at least one. */
  readonly sets: Readonly<Record<string, ReadonlyMap<string, number>>>;
}

/** Fewer questions say little: no decision is made. */
export const FEWEST_QUESTIONS = 100;

/** Columns side by side, of the same questions. @throws {RangeError} If the samples are of different sizes. */
export function joinSamples(...samples: readonly Sample[]): Sample {
  const questions = samples[0]?.questions ?? 0;
  if (samples.some((sample) => sample.questions !== questions))
    throw new RangeError('The samples differ in size');
  return {
    questions,
    numbers: Object.assign({}, ...samples.map(({ numbers }) => numbers)) as Sample['numbers'],
    sets: Object.assign({}, ...samples.map(({ sets }) => sets)) as Sample['sets'],
  };
}

/** How many of the rows have each member. */
export function countMembers(rows: Iterable<Iterable<string>>): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const row of rows)
    for (const member of new Set(row)) counts.set(member, (counts.get(member) ?? 0) + 1);
  return counts;
}

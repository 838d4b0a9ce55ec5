/**
 * What is known of a pair of a question and a tag, as numbers.
 *
 * @module
 */

import { applyPlatt, type PlattModel } from '../calibration/index.ts';
import { type Field, type Fields, tagNameFinder, textOf } from '../features/index.ts';
import type { LabelMatrix } from '../labels/index.ts';
import { labelsOf, shareTogether, type TagStatistics } from './statistics.ts';

/** Where names of tags are looked for. */
export const FIELDS = ['title', 'text', 'code'] as const satisfies readonly Field[];

/** Of a question: how many of its best scores every pair of it has. */
const BEST = 4;

/**
 * In the order of their columns.
 *
 * @param further How many classifiers score the pairs beside the first one.
 */
export const pairFeatures = (further: number): readonly string[] => [
  'score',
  'gap',
  'score.squared',
  'gap.squared',
  'rank',
  ...Array.from({ length: BEST }, (_, k) => `best.${k}`),
  ...FIELDS.flatMap((field) => [`named.${field}`, `trust.${field}`]),
  'names_in_title',
  'expected',
  'with_best',
  'prior',
  ...FIELDS.map((field) => `length.${field}`),
  ...Array.from({ length: further }, (_, k) => [`further.${k}.score`, `further.${k}.gap`]).flat(),
];

/** What the questions themselves say, by row. */
export interface Clues {
  /** For each field, shape (rows, labels): the labels whose names stand in it. */
  readonly named: readonly LabelMatrix[];
  /** For each field, length rows: the logarithm of its number of characters. */
  readonly lengths: readonly Float64Array[];
}

/** Made ready once; a question's clues do not depend on the others. */
export function clueFinder(classes: readonly string[]): (questions: readonly Fields[]) => Clues {
  const finders = FIELDS.map((field) => tagNameFinder([field], classes));
  return (questions) => ({
    named: finders.map((find) => {
      const { rows, columns, indptr, indices } = find(questions);
      return { rows, labels: columns, indptr, indices };
    }),
    lengths: FIELDS.map((field) =>
      Float64Array.from(questions, (question) => Math.log1p(textOf(question, field).length)),
    ),
  });
}

export const titledIn = ({ named }: Clues): LabelMatrix => named[0]!;

/**
 * Writes the features of the candidates of a row.
 *
 * @param scores Of each classifier, shape (rows, labels), row by row; ranks and probabilities are by those of the first.
 * @param sigmoid From a score of the first to a probability.
 * @param into Shape (candidates of all rows, features), row by row: those of the candidates of `row` are written.
 */
export function writePairFeatures(
  row: number,
  candidates: LabelMatrix,
  [scores, ...further]: readonly Float64Array[],
  { named, lengths }: Clues,
  { prior, trust, together }: TagStatistics,
  sigmoid: PlattModel,
  into: Float64Array,
): void {
  const labels = labelsOf(candidates, row);
  const scoreOf = (label: number): number => scores![row * candidates.labels + label]!;
  const ranked = Uint32Array.from(labels).sort((a, b) => scoreOf(b) - scoreOf(a) || a - b);
  const probabilities = Float64Array.from(ranked, (label) => applyPlatt(sigmoid, scoreOf(label)));
  const rankOf = new Map(Array.from(ranked, (label, rank) => [label, rank]));
  const namedHere = named.map((hits) => new Set(labelsOf(hits, row)));
  const best = scoreOf(ranked[0]!);
  const others = further.map((own) => own.subarray(row * candidates.labels, (row + 1) * candidates.labels));
  const bestOfOthers = others.map((own) => own.reduce((a, b) => Math.max(a, b)));
  let at = candidates.indptr[row]! * pairFeatures(further.length).length;
  for (const label of labels) {
    const score = scoreOf(label);
    const gap = best - score;
    into[at++] = score;
    into[at++] = gap;
    into[at++] = score ** 2;
    into[at++] = gap ** 2;
    into[at++] = rankOf.get(label)!;
    for (let k = 0; k < BEST; k++) into[at++] = scoreOf(ranked[Math.min(k, ranked.length - 1)]!);
    namedHere.forEach((hits, field) => {
      const isNamed = hits.has(label);
      into[at++] = isNamed ? 1 : 0;
      into[at++] = isNamed ? trust[field]![label]! : 0;
    });
    into[at++] = namedHere[0]!.size;
    let expected = 0;
    let withBest = 0;
    ranked.forEach((other, rank) => {
      if (other === label) return;
      const share = probabilities[rank]! * shareTogether(together, other, label);
      expected += share;
      if (rank < 3) withBest = Math.max(withBest, share);
    });
    into[at++] = expected;
    into[at++] = withBest;
    into[at++] = Math.log(prior[label]!);
    for (const length of lengths) into[at++] = length[row]!;
    others.forEach((own, k) => {
      into[at++] = own[label]!;
      into[at++] = bestOfOthers[k]! - own[label]!;
    });
  }
}

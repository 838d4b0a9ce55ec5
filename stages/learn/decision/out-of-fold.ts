/**
 * Scores of questions that the classifier behind them has not seen.
 *
 * @module
 */

import { type LabelMatrix, selectLabelRows } from '../labels/index.ts';
import { type Csr, selectRows } from '../sparse/index.ts';

/** Fits a classifier, and gives what scores rows by it: shape (rows, labels), row by row. */
export type FitScorer = (X: Csr, Y: LabelMatrix) => Promise<(X: Csr) => Float64Array>;

/** What a run that was cut short need not do again. Folds are numbered from 0. */
export interface FoldMemory {
  /** Shape (questions of the fold, labels), questions ascending. */
  readonly scores: (fold: number) => Float64Array | undefined;
  readonly keep: (fold: number, scores: Float64Array) => void;
}

/**
 * Scores each fold by a classifier fitted on the others.
 *
 * The features are taken as they are: where their vocabulary and idf come from all rows, a fold's questions (not their
 * tags) have had a part in those.
 *
 * @param X Shape (questions, terms).
 * @param Y Shape (questions, labels).
 * @param foldOf Length questions: each one's fold, from 0 to below `folds`.
 * @param fit Fits a classifier on some of the rows; not called for a fold that is remembered.
 * @returns Shape (questions, labels). A label that the other folds do not have has -1 for all of this one.
 *
 * Beside the result one fold's scores are held, and one selection of the rows of X.
 */
export async function outOfFoldScores(
  X: Csr,
  Y: LabelMatrix,
  foldOf: Uint32Array,
  folds: number,
  fit: FitScorer,
  memory?: FoldMemory,
): Promise<Float64Array> {
  const scores = new Float64Array(Y.rows * Y.labels);
  for (let fold = 0; fold < folds; fold++) {
    const known = memory?.scores(fold);
    const part = known ?? (await scoreFold(X, Y, foldOf, fold, fit));
    if (known === undefined) memory?.keep(fold, part);
    putFoldScores(scores, foldOf, fold, part);
  }
  return scores;
}

/**
 * The part of `outOfFoldScores` that is of one fold.
 *
 * @returns Shape (questions of the fold, labels), questions ascending.
 */
export async function scoreFold(
  X: Csr,
  Y: LabelMatrix,
  foldOf: Uint32Array,
  fold: number,
  fit: FitScorer,
): Promise<Float64Array> {
  const held = rowsWhere(foldOf, (other) => other === fold);
  const seen = rowsWhere(foldOf, (other) => other !== fold);
  if (held.length === 0 || seen.length === 0) throw new RangeError(`Fold ${fold} is empty or all`);
  const score = await fit(selectRows(X, seen), selectLabelRows(Y, seen));
  return score(selectRows(X, held));
}

/**
 * Puts a fold's scores where they belong.
 *
 * @param scores Shape (questions, labels).
 */
export function putFoldScores(
  scores: Float64Array,
  foldOf: Uint32Array,
  fold: number,
  part: Float64Array,
): void {
  const labels = scores.length / foldOf.length;
  rowsWhere(foldOf, (other) => other === fold).forEach((row, i) => {
    scores.set(part.subarray(i * labels, (i + 1) * labels), row * labels);
  });
}

const rowsWhere = (foldOf: Uint32Array, isWanted: (fold: number) => boolean): Uint32Array =>
  Uint32Array.from(foldOf.keys()).filter((row) => isWanted(foldOf[row]!));

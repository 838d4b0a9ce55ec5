/**
 * Parts of the training questions.
 *
 * @module
 */

import type { LabelMatrix } from '../labels/index.ts';

/**
 * Every question's fold, in turn: with rows by date each fold has questions of all times.
 *
 * @param folds From 2 to the number of questions.
 * @returns Length questions, from 0 to below `folds`.
 */
export function assignFolds(Y: LabelMatrix, folds: number): Uint32Array {
  if (!(folds >= 2 && folds <= Y.rows))
    throw new RangeError(`Cannot make ${folds} folds of ${Y.rows} questions`);
  return new Uint32Array(Y.rows).map((_, row) => row % folds);
}

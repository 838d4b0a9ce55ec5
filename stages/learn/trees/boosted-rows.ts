/**
 * Boosted trees of one label over few, dense features, fitted on several parts of the same rows: they are cut into bins once.
 *
 * @module
 */

import { binColumns, selectBinnedRows } from './bins.ts';
import { type BoostedTreesModel, type BoostedTreesParams, fitBinned, scoreRow } from './boosted-trees.ts';

/**
 * @param X Shape (rows, features), row by row, at least one row, finite; read in single precision.
 * @param y Length rows: 0 or 1.
 * @returns Fits a model on some of the rows, at least one. Their bins are those that all rows make.
 * @throws {RangeError} If there is no row, or a parameter is out of range.
 */
export function createBoostedFitter(
  params: BoostedTreesParams,
  X: Float64Array,
  y: Uint8Array,
  features: number,
): (rows: Uint32Array) => BoostedTreesModel {
  const rows = y.length;
  if (rows === 0 || X.length !== rows * features)
    throw new RangeError(`${X.length} values, not of shape (${rows}, ${features})`);
  const values = new Float32Array(X.length);
  for (let row = 0; row < rows; row++) {
    for (let feature = 0; feature < features; feature++)
      values[feature * rows + row] = X[row * features + feature]!;
  }
  const binned = binColumns({ rows, features, values }, params.maxBins);
  return (some) => {
    const positives = Array.from(some.keys()).filter((i) => y[some[i]!] === 1);
    return fitBinned(params, selectBinnedRows(binned, some), [positives]);
  };
}

/** The log odds of a row of X, shape (rows, features), row by row. */
export function createBoostedRowScorer(model: BoostedTreesModel): (X: Float64Array, row: number) => number {
  const { features } = model;
  const single = new Float32Array(features);
  return (X, row) => {
    single.set(X.subarray(row * features, (row + 1) * features));
    return scoreRow(model, 0, single);
  };
}

/**
 * Features cut into at most 255 bins, as scikit-learn's histogram gradient boosting does: one for each value where there are
 * few, else of about as many rows each.
 *
 * @see scikit-learn 1.9.1, ensemble/_hist_gradient_boosting/binning.py. There the thresholds are those of 200,000 rows; here of
 *   all.
 * @module
 */

import { type Columns, columnOf } from './dense.ts';

export interface Binned {
  readonly rows: number;
  /** For each feature, ascending: bin `b` has the values at most `thresholds[b]` that no bin before has; the last has the rest. */
  readonly thresholds: readonly Float64Array[];
  /** Shape (features, rows): the bin of each value. */
  readonly bins: Uint8Array;
}

/** @param most Bins of a feature, from 2 to 255. */
export function binColumns(columns: Columns, most: number): Binned {
  const { rows, features } = columns;
  const bins = new Uint8Array(rows * features);
  const thresholds = Array.from({ length: features }, (_, feature) => {
    const column = columnOf(columns, feature);
    const cuts = cutsOf(column, most);
    for (let i = 0; i < rows; i++) bins[feature * rows + i] = binOf(cuts, column[i]!);
    return cuts;
  });
  return { rows, thresholds, bins };
}

/** Some of the rows, in the bins that they have among all. */
export function selectBinnedRows({ rows, thresholds, bins }: Binned, some: Uint32Array): Binned {
  const chosen = new Uint8Array(some.length * thresholds.length);
  for (let feature = 0; feature < thresholds.length; feature++) {
    const [from, to] = [feature * rows, feature * some.length];
    for (let i = 0; i < some.length; i++) chosen[to + i] = bins[from + some[i]!]!;
  }
  return { rows: some.length, thresholds, bins: chosen };
}

function cutsOf(column: Float32Array, most: number): Float64Array {
  const sorted = column.slice().sort();
  const distinct = sorted.filter((value, i) => i === 0 || value !== sorted[i - 1]);
  if (distinct.length <= most) {
    return Float64Array.from(
      { length: distinct.length - 1 },
      (_, i) => (distinct[i]! + distinct[i + 1]!) / 2,
    );
  }
  const cuts = Float64Array.from({ length: most - 1 }, (_, i) => quantile(sorted, i + 1, most));
  return cuts.filter((cut, i) => i === 0 || cut !== cuts[i - 1]);
}

/** Where part `part` of `parts` ends: between two values their mean (numpy's method `averaged_inverted_cdf`). */
function quantile(sorted: Float32Array, part: number, parts: number): number {
  const place = (part * sorted.length) / parts;
  if (!Number.isInteger(place)) return sorted[Math.floor(place)]!;
  return (sorted[place - 1]! + sorted[place]!) / 2;
}

/** The first bin whose threshold is not below the value. */
function binOf(cuts: Float64Array, value: number): number {
  let [low, high] = [0, cuts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value <= cuts[middle]!) high = middle;
    else low = middle + 1;
  }
  return low;
}

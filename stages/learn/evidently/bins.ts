/**
 * Two columns in bins, as Evidently makes them for its distances.
 *
 * @see Evidently 0.7.23, calculations/stattests/utils.py, `get_binned_data`
 * @module
 */

import { type Column, distinctValues } from './column.ts';

export interface Bins {
  /** Shares of the rows, one for each bin. */
  readonly reference: Float64Array;
  readonly current: Float64Array;
}

/** Up to so many different values of the reference each has a bin of its own. */
const MOST_VALUES = 20;

/** Numbers of many values in bins of equal width (Sturges), anything else by value. */
export function binColumns(reference: Column, current: Column): Bins {
  if (
    reference.kind === 'num' &&
    current.kind === 'num' &&
    distinctValues(reference.values).length > MOST_VALUES
  ) {
    const isInteger = reference.isInteger === true && current.isInteger === true;
    const edges = sturgesEdges(Float64Array.from([...reference.values, ...current.values]), isInteger);
    return {
      reference: share(countInBins(edges, reference.values), reference.values.length),
      current: share(countInBins(edges, current.values), current.values.length),
    };
  }
  const { was, is } = countValues(reference, current);
  return { reference: share(was, reference.values.length), current: share(is, current.values.length) };
}

/** Rows of each value that either column has, in the order in which they come. */
export function countValues(reference: Column, current: Column) {
  const places = new Map<string | number, number>();
  for (const { values } of [reference, current])
    for (const value of values) if (!places.has(value)) places.set(value, places.size);
  const count = ({ values }: Column): Float64Array => {
    const counts = new Float64Array(places.size);
    for (const value of values) counts[places.get(value)!]!++;
    return counts;
  };
  return { values: [...places.keys()], was: count(reference), is: count(current) };
}

/**
 * The edges of `1 + log2 n` bins of equal width, rounded up: `numpy.histogram_bin_edges(values, "sturges")`. Bins of whole
 * numbers are at least 1 wide, as for columns of an integer type.
 *
 * @param values Not empty. @returns Ascending, at least two.
 */
export function sturgesEdges(values: Float64Array, isInteger: boolean): Float64Array {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  const narrowest = isInteger ? 1 : 0;
  const width = Math.max(narrowest, (high - low) / (Math.log2(values.length) + 1));
  const bins = width > 0 ? Math.max(1, Math.ceil((high - low) / width)) : 1;
  const [from, to] = low === high ? [low - 0.5, high + 0.5] : [low, high];
  const step = (to - from) / bins;
  return Float64Array.from({ length: bins + 1 }, (_, i) => (i === bins ? to : from + i * step));
}

/** `numpy.histogram`: a bin holds its lower edge, the last its upper one too. */
export function countInBins(edges: Float64Array, values: Float64Array): Float64Array {
  const bins = edges.length - 1;
  const counts = new Float64Array(bins);
  const scale = bins / (edges[bins]! - edges[0]!);
  for (const value of values) {
    if (value < edges[0]! || value > edges[bins]!) continue;
    let bin = Math.min(bins - 1, Math.floor((value - edges[0]!) * scale));
    if (value < edges[bin]!) bin--;
    else if (bin < bins - 1 && value >= edges[bin + 1]!) bin++;
    counts[bin]!++;
  }
  return counts;
}

const share = (counts: Float64Array, rows: number): Float64Array => counts.map((count) => count / rows);

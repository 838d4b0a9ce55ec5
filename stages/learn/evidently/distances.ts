/**
 * Distances of two columns.
 *
 * @module
 */

import { type Bins, binColumns, countInBins, countValues, sturgesEdges } from './bins.ts';
import { type Column, distinctValues, type NumericalColumn } from './column.ts';

/** `Σ (r - c) ln(r / c)`, empty bins filled. */
export function populationStabilityIndex(reference: Column, current: Column): number {
  const { reference: r, current: c } = filled(binColumns(reference, current));
  return r.reduce((sum, share, i) => sum + (share - c[i]!) * Math.log(share / c[i]!), 0);
}

/** Of the reference from the current, in nats; empty bins filled, both brought to sum 1. */
export function kullbackLeiblerDivergence(reference: Column, current: Column): number {
  const { reference: r, current: c } = filled(binColumns(reference, current));
  return relativeEntropy(toSumOne(r), toSumOne(c));
}

/** The root of the divergence, in nats: at most `√ln 2`. */
export function jensenShannonDistance(reference: Column, current: Column): number {
  const bins = binColumns(reference, current);
  const [r, c] = [toSumOne(bins.reference), toSumOne(bins.current)];
  const middle = r.map((share, i) => (share + c[i]!) / 2);
  return Math.sqrt(Math.max(0, (relativeEntropy(r, middle) + relativeEntropy(c, middle)) / 2));
}

/** `√(1 - Σ √(r c))`; of numbers over bins that are made of the different values. */
export function hellingerDistance(reference: Column, current: Column): number {
  let overlap: number;
  if (reference.kind === 'num' && current.kind === 'num') {
    const values = distinctValues([...reference.values, ...current.values]) as readonly number[];
    const isInteger = reference.isInteger === true && current.isInteger === true;
    const edges = sturgesEdges(Float64Array.from(values), isInteger);
    const [r, c] = [reference, current].map((column) => toSumOne(countInBins(edges, column.values)));
    overlap = r!.reduce((sum, share, i) => sum + Math.sqrt(share * c![i]!), 0);
  } else {
    const { was, is } = countValues(reference, current);
    const [n, m] = [reference.values.length, current.values.length];
    overlap = was.reduce((sum, count, i) => sum + Math.sqrt((count / n) * (is[i]! / m)), 0);
  }
  return Math.sqrt(1 - Math.min(1, Math.max(0, overlap)));
}

/** The area between the distribution functions, in standard deviations of the reference (0.001 at the least). */
export function normedWassersteinDistance(reference: NumericalColumn, current: NumericalColumn): number {
  const { values } = reference;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  const area = integrateGap(values, current.values, Math.abs);
  return area / Math.max(Math.sqrt(variance), 0.001);
}

/** `√(2 ∫ (F - G)²)`. */
export const energyDistance = (reference: NumericalColumn, current: NumericalColumn): number =>
  Math.sqrt(2 * integrateGap(reference.values, current.values, (gap) => gap * gap));

/** Half the sum of the differences of the shares, in [0, 1]. */
export function totalVariationDistance(reference: Column, current: Column): number {
  const { was, is } = countValues(reference, current);
  const [n, m] = [reference.values.length, current.values.length];
  return 0.5 * was.reduce((sum, count, i) => sum + Math.abs(count / n - is[i]! / m), 0);
}

/** The integral of `of(F - G)` over all numbers. */
function integrateGap(a: Float64Array, b: Float64Array, of: (gap: number) => number): number {
  const [x, y] = [a.slice().sort(), b.slice().sort()];
  const all = Float64Array.from([...x, ...y]).sort();
  let [i, j, area] = [0, 0, 0];
  for (let k = 0; k + 1 < all.length; k++) {
    while (i < x.length && x[i]! <= all[k]!) i++;
    while (j < y.length && y[j]! <= all[k]!) j++;
    area += of(i / x.length - j / y.length) * (all[k + 1]! - all[k]!);
  }
  return area;
}

/** `Σ p ln(p / q)`; a bin without `p` adds nothing. */
const relativeEntropy = (p: Float64Array, q: Float64Array): number =>
  p.reduce((sum, share, i) => (share === 0 ? sum : sum + share * Math.log(share / q[i]!)), 0);

function toSumOne(shares: Float64Array): Float64Array {
  const sum = shares.reduce((total, share) => total + share, 0);
  return shares.map((share) => share / sum);
}

const filled = ({ reference, current }: Bins): Bins => ({
  reference: fillEmpty(reference),
  current: fillEmpty(current),
});

/** The least share decides what an empty bin gets. */
function fillEmpty(shares: Float64Array): Float64Array {
  const least = shares.reduce((low, share) => (share > 0 && share < low ? share : low), Infinity);
  const fill = least <= 0.0001 ? least / 1e6 : 0.0001;
  return shares.map((share) => (share === 0 ? fill : share));
}

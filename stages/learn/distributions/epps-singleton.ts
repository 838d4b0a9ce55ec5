/**
 * The test of Epps and Singleton of two samples, by their characteristic functions.
 *
 * @module
 */

import { chiSquareTail } from './gamma.ts';

/** Where the functions are compared, in halves of the pooled interquartile range. */
const POINTS = [0.4, 0.8] as const;
/** Up to so many values a sample the statistic is corrected. */
const FEW = 25;
const EPSILON = 2 ** -52;

/**
 * How often two samples of one distribution would have so different characteristic functions at two points, in [0, 1].
 *
 * @throws {RangeError} If a sample has fewer than five values, or half of all values are equal: there is no scale then.
 * @see Epps, Singleton, An omnibus test for the two-sample problem using the empirical characteristic function, Journal
 *   of Statistical Computation and Simulation 26 (1986); scipy.stats.epps_singleton_2samp
 */
export function eppsSingletonPValue(a: Float64Array, b: Float64Array): number {
  const [n, m] = [a.length, b.length];
  const all = n + m;
  if (Math.min(n, m) < 5) throw new RangeError('The test is for five values and more a sample');
  const pooled = Float64Array.from([...a, ...b]).sort();
  const scale = (quantile(pooled, 0.75) - quantile(pooled, 0.25)) / 2;
  if (scale === 0) throw new RangeError('The interquartile range of both samples together is 0');
  const [was, is] = [momentsOf(a, scale), momentsOf(b, scale)];
  const covariance = was.covariance.map((row, i) =>
    row.map((value, j) => (all / n) * value + (all / m) * is.covariance[i]![j]!),
  );
  const { values, vectors } = eigenOf(covariance);
  const cut = Math.max(...values) * values.length * EPSILON;
  const gaps = was.means.map((mean, i) => mean - is.means[i]!);
  let [statistic, rank] = [0, 0];
  values.forEach((value, k) => {
    if (value <= cut) return;
    const along = gaps.reduce((sum, gap, i) => sum + gap * vectors[i]![k]!, 0);
    statistic += (all * along ** 2) / value;
    rank++;
  });
  if (Math.max(n, m) < FEW) statistic /= 1 + all ** -0.45 + 10.1 * (n ** -1.7 + m ** -1.7);
  return chiSquareTail(statistic, rank);
}

type Matrix = readonly (readonly number[])[];

/** Of the cosines at the points, then the sines: their means and (divided by the number) covariances. */
function momentsOf(sample: Float64Array, scale: number): { means: readonly number[]; covariance: Matrix } {
  const waves = [Math.cos, Math.sin].flatMap((wave) =>
    POINTS.map((point) => sample.map((value) => wave((point / scale) * value))),
  );
  const meanOf = (values: Float64Array): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const means = waves.map(meanOf);
  const centred = waves.map((wave, i) => wave.map((value) => value - means[i]!));
  return {
    means,
    covariance: centred.map((x) => centred.map((y) => meanOf(x.map((value, i) => value * y[i]!)))),
  };
}

/** Between the two values nearest to it. @param sorted Ascending, not empty. */
function quantile(sorted: Float64Array, share: number): number {
  const at = share * (sorted.length - 1);
  const low = Math.floor(at);
  const high = Math.min(low + 1, sorted.length - 1);
  return sorted[low]! + (at - low) * (sorted[high]! - sorted[low]!);
}

const MOST_SWEEPS = 60;

/** Jacobi's rotations. @param matrix Symmetric. @returns Vectors as columns. */
function eigenOf(matrix: Matrix): { values: readonly number[]; vectors: Matrix } {
  const n = matrix.length;
  const A = matrix.map((row) => [...row]);
  const V = A.map((_, i) => A.map((__, j) => Number(i === j)));
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
    let rotated = false;
    for (let p = 0; p < n; p++) {
      for (let q = p + 1; q < n; q++) {
        if (Math.abs(A[p]![q]!) <= EPSILON ** 2 * Math.hypot(A[p]![p]!, A[q]![q]!)) continue;
        rotated = true;
        const theta = (A[q]![q]! - A[p]![p]!) / (2 * A[p]![q]!);
        const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(theta, 1));
        const c = 1 / Math.hypot(t, 1);
        const s = t * c;
        const turn = (x: number, y: number): readonly [number, number] => [c * x - s * y, s * x + c * y];
        for (const row of A) [row[p], row[q]] = turn(row[p]!, row[q]!);
        for (let k = 0; k < n; k++) [A[p]![k], A[q]![k]] = turn(A[p]![k]!, A[q]![k]!);
        for (const row of V) [row[p], row[q]] = turn(row[p]!, row[q]!);
      }
    }
    if (!rotated) break;
  }
  return { values: A.map((row, i) => row[i]!), vectors: V };
}

/**
 * Evidently's tests of shares. The reference is taken to be exact, so that they see drift where there is none: see
 * `learn/drift` for tests that hold their level.
 *
 * @module
 */

import { chiSquareTail, fisherExact } from '../distributions/index.ts';
import { normalTails } from '../metrics/index.ts';
import { createRandomState } from '../random/index.ts';
import { countValues } from './bins.ts';
import type { Column } from './column.ts';
import { totalVariationDistance } from './distances.ts';

/** Pearson's chi-square of the current counts against those that the reference's shares make expect. NaN of one value. */
export function chiSquarePValue(reference: Column, current: Column): number {
  const { was, is } = countValues(reference, current);
  const scale = current.values.length / reference.values.length;
  const statistic = is.reduce((sum, count, i) => {
    const expected = was[i]! * scale;
    return sum + (count - expected) ** 2 / expected;
  }, 0);
  return was.length < 2 ? NaN : chiSquareTail(statistic, was.length - 1);
}

/** The likelihood-ratio test. @throws {RangeError} If the columns differ in length, where Evidently's fails too. */
export function likelihoodRatioPValue(reference: Column, current: Column): number {
  const { was, is } = countValues(reference, current);
  if (reference.values.length !== current.values.length) throw new RangeError('The columns differ in length');
  const statistic = is.reduce(
    (sum, count, i) => (count === 0 ? sum : sum + 2 * count * Math.log(count / was[i]!)),
    0,
  );
  return was.length < 2 ? NaN : chiSquareTail(statistic, was.length - 1);
}

/** Two shares, pooled variance: how many rows are not the least value. 1 where there is only one value. */
export function shareDifferencePValue(reference: Column, current: Column): number {
  const { values, was, is } = countValues(reference, current);
  if (values.length < 2) return 1;
  const least = values.indexOf([...values].sort((a, b) => (a < b ? -1 : 1))[0]!);
  const [n, m] = [reference.values.length, current.values.length];
  const [p, q] = [1 - was[least]! / n, 1 - is[least]! / m];
  const pooled = (n * p + m * q) / (n + m);
  return normalTails((p - q) / Math.sqrt(pooled * (1 - pooled) * (1 / n + 1 / m)));
}

/** @throws {RangeError} If the columns differ in length or have more than two values, where Evidently's fails too. */
export function fisherExactPValue(reference: Column, current: Column): number {
  const { values, was, is } = countValues(reference, current);
  const [n, m] = [reference.values.length, current.values.length];
  if (n !== m) throw new RangeError('The columns differ in length');
  if (values.length > 2) throw new RangeError(`The columns have ${values.length} values, not two`);
  return fisherExact(was[0]!, n, is[0]!, m);
}

const PERMUTATIONS = 1000;

/** The share of random divisions of all rows that are as far apart by total variation; numpy's seed 0. */
export function totalVariationPValue(reference: Column, current: Column): number {
  const all = [...reference.values].map(String).concat([...current.values].map(String));
  const n = reference.values.length;
  const column = (values: readonly string[]): Column => ({ kind: 'cat', values });
  const observed = totalVariationDistance(column(all.slice(0, n)), column(all.slice(n)));
  const random = createRandomState(0);
  let farther = 0;
  for (let i = 0; i < PERMUTATIONS; i++) {
    const order = random.permutation(all.length);
    const pick = (from: number, to: number): Column =>
      column(Array.from(order.subarray(from, to), (row) => all[row]!));
    if (observed <= totalVariationDistance(pick(0, n), pick(n, all.length))) farther++;
  }
  return farther / PERMUTATIONS;
}

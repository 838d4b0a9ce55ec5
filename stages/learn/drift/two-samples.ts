/**
 * Whether two samples are of one distribution: both are drawn by chance, the reference too.
 *
 * @module
 */

import { chiSquareTail, fisherExact } from '../distributions/index.ts';

/** So many questions are expected in each bin of either sample: what the chi-square distribution asks for. */
const FEWEST_EXPECTED = 5;

/**
 * Chi-square of two histograms over the same bins, as a table of two rows. Neighbours are joined until enough is expected
 * of each bin, and while there are more bins than `2 n^(2/5)`, n being the smaller sample: more would see less.
 *
 * @returns The p-value, in [0, 1]; 1 where a side is empty or one bin is left.
 * @see Mann, Wald, On the choice of the number of class intervals, Annals of Mathematical Statistics 13 (1942)
 */
export function sameHistogramPValue(reference: readonly number[], current: readonly number[]): number {
  const [n, m] = [sum(reference), sum(current)];
  if (n === 0 || m === 0) return 1;
  const bins = joinBins(reference, current);
  if (bins.length < 2) return 1;
  let statistic = 0;
  for (const [a, b] of bins) {
    const pooled = (a + b) / (n + m);
    statistic += (a - n * pooled) ** 2 / (n * pooled) + (b - m * pooled) ** 2 / (m * pooled);
  }
  return chiSquareTail(statistic, bins.length - 1);
}

type Pair = readonly [reference: number, current: number];

/** What decides where bins end is what both samples together have, so that it favours neither. */
function joinBins(reference: readonly number[], current: readonly number[]): readonly Pair[] {
  const [n, m] = [sum(reference), sum(current)];
  const most = Math.max(2, Math.floor(2 * Math.min(n, m) ** 0.4));
  const enough = Math.max((FEWEST_EXPECTED * (n + m)) / Math.min(n, m), (n + m) / most);
  const bins: Pair[] = [];
  let [a, b] = [0, 0];
  for (let i = 0; i < reference.length; i++) {
    a += reference[i]!;
    b += current[i]!;
    if (a + b < enough) continue;
    bins.push([a, b]);
    [a, b] = [0, 0];
  }
  if (a + b === 0) return bins;
  const [lastA, lastB] = bins.pop() ?? [0, 0];
  return [...bins, [lastA + a, lastB + b]];
}

const WORTH_TESTING = 0.001;

/** A member of a set in both samples. */
export interface MemberShare {
  readonly name: string;
  /** Questions that have it. */
  readonly reference: number;
  readonly current: number;
  /** Of Fisher's exact test of the two shares. */
  readonly p: number;
}

/**
 * The members that are frequent enough to differ at all: a member is left out where no division of its questions over the
 * samples, whose number is given, has a p-value below `WORTH_TESTING`. By p-value.
 *
 * @see Tarone, A modified Bonferroni method for discrete data, Biometrics 46 (1990)
 */
export function compareMembers(
  reference: ReadonlyMap<string, number>,
  referenceQuestions: number,
  current: ReadonlyMap<string, number>,
  currentQuestions: number,
): readonly MemberShare[] {
  const names = new Set([...reference.keys(), ...current.keys()]);
  const smaller = Math.min(referenceQuestions, currentQuestions) / (referenceQuestions + currentQuestions);
  const tested = [...names].filter(
    (name) => smaller ** ((reference.get(name) ?? 0) + (current.get(name) ?? 0)) <= WORTH_TESTING,
  );
  return Array.from(tested, (name) => {
    const [was, is] = [reference.get(name) ?? 0, current.get(name) ?? 0];
    return {
      name,
      reference: was,
      current: is,
      p: fisherExact(was, referenceQuestions, is, currentQuestions),
    };
  }).sort((a, b) => a.p - b.p);
}

/**
 * One p-value of many: that all hypotheses hold. The least of `m p(i) / i` over the ascending p-values.
 *
 * @param pValues Ascending. @returns 1 of none.
 * @see Simes, An improved Bonferroni procedure for multiple tests of significance, Biometrika 73 (1986)
 */
export const simesPValue = (pValues: readonly number[]): number =>
  pValues.reduce((least, p, i) => Math.min(least, (p * pValues.length) / (i + 1)), 1);

const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);

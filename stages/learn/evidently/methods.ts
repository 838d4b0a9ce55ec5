/**
 * Evidently's methods by their names, with its thresholds.
 *
 * @see Evidently 0.7.23, calculations/stattests
 * @module
 */

import {
  andersonDarlingPValue,
  cramerVonMisesPValue,
  eppsSingletonPValue,
  kolmogorovSmirnovPValue,
  mannWhitneyLessPValue,
  sameMeanPValue,
} from '../distributions/index.ts';
import type { Column, NumericalColumn } from './column.ts';
import {
  energyDistance,
  hellingerDistance,
  jensenShannonDistance,
  kullbackLeiblerDivergence,
  normedWassersteinDistance,
  populationStabilityIndex,
} from './distances.ts';
import { meanDiscrepancyPValue } from './mean-discrepancy.ts';
import {
  chiSquarePValue,
  fisherExactPValue,
  likelihoodRatioPValue,
  shareDifferencePValue,
  totalVariationPValue,
} from './tests.ts';

export type NumericalMethod =
  | 'ks'
  | 'wasserstein'
  | 'anderson'
  | 'cramer_von_mises'
  | 'ed'
  | 'mannw'
  | 't_test'
  | 'es'
  | 'empirical_mmd';
export type AnyMethod = 'psi' | 'jensenshannon' | 'kl_div' | 'hellinger';
export type CategoricalMethod = 'chisquare' | 'z' | 'g_test' | 'fisher_exact' | 'TVD';
export type MethodName = NumericalMethod | AnyMethod | CategoricalMethod;

export interface Method {
  readonly displayName: string;
  readonly threshold: number;
  /** Which side of the threshold is drift. */
  readonly drifts: (score: number, threshold: number) => boolean;
  /** A p-value or a distance. */
  readonly score: (reference: Column, current: Column) => number;
}

export interface DriftScore {
  readonly method: MethodName;
  readonly score: number;
  readonly threshold: number;
  readonly drift: boolean;
}

const below = (score: number, threshold: number): boolean => score < threshold;
const upTo = (score: number, threshold: number): boolean => score <= threshold;
const above = (score: number, threshold: number): boolean => score > threshold;
const from = (score: number, threshold: number): boolean => score >= threshold;

/** @throws {RangeError} From `score`, if the columns are not of the method's kind, or the method is not for them. */
export function methodNamed(name: MethodName): Method {
  const method = (
    displayName: string,
    threshold: number,
    drifts: Method['drifts'],
    score: Method['score'],
  ): Method => ({
    displayName,
    threshold,
    drifts,
    score,
  });
  switch (name) {
    case 'ks':
      return method(
        'K-S p_value',
        0.05,
        upTo,
        numbers((a, b) => kolmogorovSmirnovPValue(sorted(a), sorted(b))),
      );
    case 'wasserstein':
      return method('Wasserstein distance (normed)', 0.1, from, numbers(normedWassersteinDistance));
    case 'anderson':
      return method(
        'Anderson-Darling',
        0.1,
        below,
        numbers((a, b) => andersonDarlingPValue(a.values, b.values)),
      );
    case 'cramer_von_mises':
      return method(
        'Cramer-von Mises',
        0.1,
        upTo,
        numbers((a, b) => cramerVonMisesPValue(a.values, b.values)),
      );
    case 'ed':
      return method('Energy-distance', 0.1, above, numbers(energyDistance));
    case 'mannw':
      return method(
        'Mann-Whitney U-rank test',
        0.05,
        below,
        numbers((a, b) => mannWhitneyLessPValue(a.values, b.values)),
      );
    case 't_test':
      return method(
        't_test',
        0.05,
        below,
        numbers((a, b) => sameMeanPValue(a.values, b.values)),
      );
    case 'es':
      return method(
        'Epps-Singleton',
        0.05,
        below,
        numbers((a, b) => eppsSingletonPValue(a.values, b.values)),
      );
    case 'empirical_mmd':
      return method('empirical_mmd', 0.1, below, numbers(meanDiscrepancyPValue));
    case 'psi':
      return method('PSI', 0.1, from, populationStabilityIndex);
    case 'jensenshannon':
      return method('Jensen-Shannon distance', 0.1, from, jensenShannonDistance);
    case 'kl_div':
      return method('Kullback-Leibler divergence', 0.1, from, kullbackLeiblerDivergence);
    case 'hellinger':
      return method('Hellinger distance', 0.1, from, hellingerDistance);
    case 'chisquare':
      return method('chi-square p_value', 0.05, below, chiSquarePValue);
    case 'z':
      return method('Z-test p_value', 0.05, below, shareDifferencePValue);
    case 'g_test':
      return method('g_test', 0.1, below, likelihoodRatioPValue);
    case 'fisher_exact':
      return method("Fisher's Exact test", 0.1, below, fisherExactPValue);
    case 'TVD':
      return method('Total-Variation-Distance', 0.1, below, totalVariationPValue);
  }
}

/** @param threshold The method's own where left out. */
export function scoreDrift(
  name: MethodName,
  reference: Column,
  current: Column,
  threshold?: number,
): DriftScore {
  const method = methodNamed(name);
  const score = method.score(reference, current);
  const limit = threshold ?? method.threshold;
  return { method: name, score, threshold: limit, drift: method.drifts(score, limit) };
}

/** Above so many rows of the reference distances take the place of p-values. */
const MOST_FOR_P_VALUES = 1000;

/** What Evidently takes where nothing is said. */
export function defaultMethod(reference: Column, current: Column): MethodName {
  const values = new Set<number | string>([...reference.values, ...current.values]).size;
  const isLarge = reference.values.length > MOST_FOR_P_VALUES;
  if (reference.kind === 'num' && values > 5) return isLarge ? 'wasserstein' : 'ks';
  if (isLarge) return 'jensenshannon';
  return values > 2 ? 'chisquare' : 'z';
}

type NumericalScore = (reference: NumericalColumn, current: NumericalColumn) => number;

const numbers =
  (score: NumericalScore): Method['score'] =>
  (reference, current) => {
    if (reference.kind !== 'num' || current.kind !== 'num') throw new RangeError('The method is for numbers');
    return score(reference, current);
  };

const sorted = ({ values }: NumericalColumn): Float64Array => values.slice().sort();

/**
 * The settings of each kind of classifier, with scikit-learn's names and meanings where it has them; so is what a key
 * that is left out stands for.
 *
 * @module
 */

import type { ComplementNbParams, LinearSvcParams, LogisticRegressionParams } from '../linear/index.ts';
import type { NeighborsParams } from '../neighbors/index.ts';

/** One classifier for each tag. */
export type ClassifierSettings =
  | LinearSvcSettings
  | LogisticRegressionSettings
  | ComplementNbSettings
  | KnnSettings;

/** `LinearSVC`. */
export interface LinearSvcSettings {
  readonly kind: 'linear_svc';
  /** `squared_hinge` where left out. */
  readonly loss?: 'squared_hinge' | 'hinge';
  /** > 0; 1 where left out. */
  readonly C?: number;
  readonly class_weight?: 'balanced' | null;
  /** > 0; 1e-4 where left out. */
  readonly tol?: number;
  /** At least 1; 1000 where left out. */
  readonly max_iter?: number;
  /** At least 0, which fits no intercept; 1 where left out. */
  readonly intercept_scaling?: number;
  /** Of the order in which the solver visits rows; 0 where left out. */
  readonly seed?: number;
}

/** `LogisticRegression`. */
export interface LogisticRegressionSettings {
  readonly kind: 'logistic_regression';
  /** > 0; 1 where left out. */
  readonly C?: number;
  readonly class_weight?: 'balanced' | null;
  /**
   * > 0; 1e-4 where left out. Of the largest component of the gradient, relative to what errors in all rows of the rarer class
   * cost: for a rare label much less than scikit-learn's `lbfgs` is content with.
   */
  readonly tol?: number;
  /** Steps of Newton's method, at least 1; 100 where left out. */
  readonly max_iter?: number;
  /** True where left out. */
  readonly fit_intercept?: boolean;
  /** As `solver: liblinear` has it, true; as the others have it, false, which leaving it out means. */
  readonly penalize_intercept?: boolean;
  /** Of a penalised intercept; > 0; 1 where left out. */
  readonly intercept_scaling?: number;
}

/** `ComplementNB`. */
export interface ComplementNbSettings {
  readonly kind: 'complement_nb';
  /** Added to the count of each feature; > 0; 1 where left out. */
  readonly alpha?: number;
  /** Weights are divided by their sum; false where left out. */
  readonly norm?: boolean;
}

/** `KNeighborsClassifier(metric='cosine')`. */
export interface KnnSettings {
  readonly kind: 'knn';
  /** At least 1; 5 where left out. */
  readonly n_neighbors?: number;
  /** `uniform` where left out. */
  readonly weights?: 'uniform' | 'distance';
}

export const linearSvcParams = (settings: LinearSvcSettings): LinearSvcParams => ({
  loss: settings.loss ?? 'squared_hinge',
  C: settings.C ?? 1,
  classWeight: settings.class_weight ?? undefined,
  tol: settings.tol ?? 1e-4,
  maxIter: settings.max_iter ?? 1000,
  interceptScaling: settings.intercept_scaling ?? 1,
  seed: settings.seed ?? 0,
});

export const logisticRegressionParams = (settings: LogisticRegressionSettings): LogisticRegressionParams => ({
  C: settings.C ?? 1,
  classWeight: settings.class_weight ?? undefined,
  tol: settings.tol ?? 1e-4,
  maxIter: settings.max_iter ?? 100,
  intercept: interceptOf(settings),
});

function interceptOf(settings: LogisticRegressionSettings): LogisticRegressionParams['intercept'] {
  if (settings.fit_intercept === false) return { kind: 'none' };
  return settings.penalize_intercept === true
    ? { kind: 'penalized', scaling: settings.intercept_scaling ?? 1 }
    : { kind: 'free' };
}

export const complementNbParams = ({
  alpha = 1,
  norm = false,
}: ComplementNbSettings): ComplementNbParams => ({
  alpha,
  norm,
});

export const knnParams = ({ n_neighbors = 5, weights = 'uniform' }: KnnSettings): NeighborsParams => ({
  neighbors: n_neighbors,
  weights,
});

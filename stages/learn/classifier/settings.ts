/**
 * The settings of each kind of classifier, with scikit-learn's names and meanings where it has them; so is what a key
 * that is left out stands for.
 *
 * @module
 */

import type {
  ComplementNbParams,
  LinearSvcParams,
  LogisticRegressionParams,
  SgdParams,
} from '../linear/index.ts';
import type { NeighborsParams } from '../neighbors/index.ts';
import { type BoostedTreesParams, type ForestParams, MOST_FEATURES } from '../trees/index.ts';

/** One classifier for each tag. */
export type ClassifierSettings =
  | LinearSvcSettings
  | LogisticRegressionSettings
  | SgdSettings
  | ComplementNbSettings
  | KnnSettings
  | RandomForestSettings
  | BoostedTreesSettings;

/** Features that a classifier of the kind can be fitted on. */
export const mostFeatures = (kind: ClassifierSettings['kind']): number =>
  kind === 'random_forest' || kind === 'boosted_trees' ? MOST_FEATURES : Infinity;

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

/** `SGDClassifier`. */
export interface SgdSettings {
  readonly kind: 'sgd';
  /** `hinge` where left out. */
  readonly loss?: SgdParams['loss'];
  /** `l2` where left out. */
  readonly penalty?: 'l2' | 'l1' | 'elasticnet' | null;
  /** > 0; 1e-4 where left out. */
  readonly alpha?: number;
  /** In [0, 1]; 0.15 where left out. */
  readonly l1_ratio?: number;
  /** True where left out. */
  readonly fit_intercept?: boolean;
  /** At least 1; 1000 where left out. */
  readonly max_iter?: number;
  /** 1e-3 where left out; null: there are `max_iter` passes. */
  readonly tol?: number | null;
  /** True where left out. */
  readonly shuffle?: boolean;
  /** `optimal` where left out. */
  readonly learning_rate?: SgdParams['learningRate'];
  /** > 0; 0.01 where left out. */
  readonly eta0?: number;
  /** 0.5 where left out. */
  readonly power_t?: number;
  readonly class_weight?: 'balanced' | null;
  /** False where left out. */
  readonly average?: boolean;
  /** `random_state`; 0 where left out. */
  readonly seed?: number;
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

/** `RandomForestClassifier`: one forest for all tags. It reads each feature of each question: `featurize.kind: lsa`. */
export interface RandomForestSettings {
  readonly kind: 'random_forest';
  /** At least 1; 100 where left out. */
  readonly n_estimators?: number;
  /** At least 1; null, which leaving it out means: until leaves are pure. */
  readonly max_depth?: number | null;
  /** At least 1; 1 where left out. */
  readonly min_samples_leaf?: number;
  /** At least 2, which leaving it out means. */
  readonly min_samples_split?: number;
  /** `gini` where left out. */
  readonly criterion?: 'gini' | 'entropy';
  readonly class_weight?: 'balanced' | null;
  /** `sqrt` where left out; a share of the features in (0, 1]; null: all. */
  readonly max_features?: 'sqrt' | number | null;
  /** True where left out. */
  readonly bootstrap?: boolean;
  /** Of the draws; 0 where left out. */
  readonly seed?: number;
}

/** `HistGradientBoostingClassifier(early_stopping=False)`. Like a forest it reads each feature of each question. */
export interface BoostedTreesSettings {
  readonly kind: 'boosted_trees';
  /** Trees for each tag (`max_iter`), at least 1; 100 where left out. */
  readonly n_estimators?: number;
  /** > 0; 0.1 where left out. */
  readonly learning_rate?: number;
  /** At least 2; 31 where left out. */
  readonly max_leaf_nodes?: number;
  /** At least 1; null, which leaving it out means: no limit. */
  readonly max_depth?: number | null;
  /** At least 1; 20 where left out. */
  readonly min_samples_leaf?: number;
  /** At least 0; 0 where left out. */
  readonly l2_regularization?: number;
  /** From 2 to 255, which leaving it out means. */
  readonly max_bins?: number;
  readonly class_weight?: 'balanced' | null;
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

export const sgdParams = (settings: SgdSettings): SgdParams => ({
  loss: settings.loss ?? 'hinge',
  penalty: settings.penalty === undefined ? 'l2' : (settings.penalty ?? 'none'),
  alpha: settings.alpha ?? 1e-4,
  l1Ratio: settings.l1_ratio ?? 0.15,
  fitIntercept: settings.fit_intercept ?? true,
  maxIter: settings.max_iter ?? 1000,
  tol: settings.tol === undefined ? 1e-3 : (settings.tol ?? undefined),
  learningRate: settings.learning_rate ?? 'optimal',
  eta0: settings.eta0 ?? 0.01,
  powerT: settings.power_t ?? 0.5,
  classWeight: settings.class_weight ?? undefined,
  average: settings.average ?? false,
  seed: settings.shuffle === false ? undefined : (settings.seed ?? 0),
});

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

export const forestParams = ({ max_features = 'sqrt', ...settings }: RandomForestSettings): ForestParams => ({
  estimators: settings.n_estimators ?? 100,
  maxDepth: settings.max_depth ?? undefined,
  minSamplesLeaf: settings.min_samples_leaf ?? 1,
  minSamplesSplit: settings.min_samples_split ?? 2,
  criterion: settings.criterion ?? 'gini',
  classWeight: settings.class_weight ?? undefined,
  maxFeatures: max_features ?? undefined,
  bootstrap: settings.bootstrap ?? true,
  seed: settings.seed ?? 0,
});

export const boostedTreesParams = (settings: BoostedTreesSettings): BoostedTreesParams => ({
  estimators: settings.n_estimators ?? 100,
  learningRate: settings.learning_rate ?? 0.1,
  maxLeafNodes: settings.max_leaf_nodes ?? 31,
  maxDepth: settings.max_depth ?? undefined,
  minSamplesLeaf: settings.min_samples_leaf ?? 20,
  l2: settings.l2_regularization ?? 0,
  maxBins: settings.max_bins ?? 255,
  classWeight: settings.class_weight ?? undefined,
});

/**
 * The classifier over pairs of a question and a tag.
 *
 * @module
 */

import { createRandom } from '../random/index.ts';
import {
  type BoostedTreesModel,
  type BoostedTreesParams,
  createBoostedFitter,
  createBoostedRowScorer,
} from '../trees/index.ts';
import { type DenseLogisticModel, fitDenseLogistic, scoreDenseLogistic } from './logistic-regression.ts';

export type PairModel = DenseLogisticModel | BoostedTreesModel;

export interface PairSettings {
  readonly kind: 'logistic_regression' | 'boosted_trees';
  /** Of logistic regression, > 0. */
  readonly C: number;
  /** Of `boosted_trees`. */
  readonly boosted_trees?: PairTreesSettings;
}

/** scikit-learn's names; its defaults, where left out, but for `max_pairs`. */
export interface PairTreesSettings {
  /** At least 1; 100 where left out. */
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
  /** At least 1: of more pairs so many, drawn at random, are learned from; 100,000 where left out. */
  readonly max_pairs?: number;
}

const MOST_PAIRS = 100_000;

const treesParams = (settings: PairTreesSettings): BoostedTreesParams => ({
  estimators: settings.n_estimators ?? 100,
  learningRate: settings.learning_rate ?? 0.1,
  maxLeafNodes: settings.max_leaf_nodes ?? 31,
  maxDepth: settings.max_depth ?? undefined,
  minSamplesLeaf: settings.min_samples_leaf ?? 20,
  l2: settings.l2_regularization ?? 0,
  maxBins: 255,
  classWeight: undefined,
});

/**
 * @param X Shape (pairs, features), row by row.
 * @param truth Length pairs: 0 or 1.
 * @returns Fits on some of the pairs, ascending; the same ones give the same model.
 */
export function createPairFitter(
  { kind, C, boosted_trees: trees = {} }: PairSettings,
  X: Float64Array,
  features: number,
  truth: Uint8Array,
): (pairs: Uint32Array) => PairModel {
  switch (kind) {
    case 'logistic_regression':
      return (pairs) => {
        const some = new Float64Array(pairs.length * features);
        pairs.forEach((pair, i) => {
          some.set(X.subarray(pair * features, (pair + 1) * features), i * features);
        });
        const y = Uint8Array.from(pairs, (pair) => truth[pair]!);
        return fitDenseLogistic(some, y, features, C);
      };
    case 'boosted_trees': {
      const fit = createBoostedFitter(treesParams(trees), X, truth, features);
      return (pairs) => fit(drawPairs(pairs, trees.max_pairs ?? MOST_PAIRS));
    }
  }
}

/** The log odds of a pair of X, made ready once. */
export function createPairScorer(model: PairModel): (X: Float64Array, pair: number) => number {
  return model.kind === 'boosted'
    ? createBoostedRowScorer(model)
    : (X, pair) => scoreDenseLogistic(model, X, pair);
}

/** In their order; each set of so many is as likely as another. @see Knuth: The Art of Computer Programming 2, algorithm 3.4.2 S. */
function drawPairs(pairs: Uint32Array, most: number): Uint32Array {
  if (pairs.length <= most) return pairs;
  const random = createRandom('second stage');
  const drawn = new Uint32Array(most);
  let found = 0;
  for (let i = 0; found < most; i++) {
    if ((pairs.length - i) * random() < most - found) drawn[found++] = pairs[i]!;
  }
  return drawn;
}

/**
 * Classifiers of decision trees, over few and dense features.
 *
 * @module
 */

export { createBoostedFitter, createBoostedRowScorer } from './boosted-rows.ts';
export {
  type BoostedTreesModel,
  type BoostedTreesParams,
  createBoostedTreesScorer,
  fitBoostedTrees,
} from './boosted-trees.ts';
export { MOST_FEATURES } from './dense.ts';
export { type Nodes } from './nodes.ts';
export {
  createForestScorer,
  type ForestModel,
  type ForestParams,
  fitRandomForest,
} from './random-forest.ts';

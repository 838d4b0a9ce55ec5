/**
 * The second stage: a question's best tags, weighed again.
 *
 * @module
 */

export { PAIR_FEATURES } from './pair-features.ts';
export {
  createRerank,
  type FittedReranker,
  fitReranker,
  type Rerank,
  type Reranker,
  type RerankSettings,
} from './reranker.ts';

/**
 * The second stage: a question's best tags, weighed again, and rare ones that it names.
 *
 * @module
 */

export {
  createTagByName,
  fitNamedTags,
  type GivenByName,
  NAMED_TAG_FEATURES,
  type NamedTags,
  type TagByName,
  type TaggedFields,
} from './named-tags.ts';
export { pairFeatures } from './pair-features.ts';
export type { PairModel } from './pair-model.ts';
export {
  createRerank,
  type FittedReranker,
  fitReranker,
  type Rerank,
  type Reranker,
  type RerankSettings,
} from './reranker.ts';

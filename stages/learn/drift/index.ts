/**
 * Whether questions are still those that a tagger was made for.
 *
 * @module
 */

export {
  type ColumnDrift,
  type ComparedColumn,
  type Comparison,
  compare,
  compareColumns,
} from './compare.ts';
export { fitReference, type Histogram, type MemberCounts, type Reference } from './reference.ts';
export { joinSamples, type Sample } from './sample.ts';
export { type MemberShare, simesPValue } from './two-samples.ts';
export { type Vocabulary, vocabularyOf, watchPredictions, watchQuestions, watchTags } from './watch.ts';

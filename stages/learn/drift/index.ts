/**
 * Whether questions are still those that a tagger was made for.
 *
 * @module
 */

export { detectByAdwin } from './adwin.ts';
export {
  type CusumChart,
  cusumChart,
  cusumPValue,
  type EwmaChart,
  ewmaChart,
  type Measured,
} from './charts.ts';
export {
  type ColumnDrift,
  type ComparedColumn,
  type Comparison,
  compare,
  compareColumns,
} from './compare.ts';
export { detectByDdm, type StreamAlarms } from './ddm.ts';
export { type ExpectedF1, expectedF1 } from './estimate-f1.ts';
export { fitReference, type Histogram, type MemberCounts, type Reference } from './reference.ts';
export { FEWEST_QUESTIONS, joinSamples, type Sample } from './sample.ts';
export { type MemberShare, simesPValue } from './two-samples.ts';
export { type Vocabulary, vocabularyOf, watchPredictions, watchQuestions, watchTags } from './watch.ts';

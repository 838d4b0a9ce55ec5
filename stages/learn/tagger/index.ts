/**
 * A tagger: labels, features and a classifier as one thing, fitted, applied and scored alike in training, evaluation
 * and serving.
 *
 * @module
 */

export { chooseLabels } from './labels.ts';
export { type ScoredTagger, type Scores, scoreTagger, type TagCounts } from './score.ts';
export {
  type ClassifierSettings,
  documentOf,
  type FeatureSettings,
  type LabelSettings,
  toTfidfParams,
} from './settings.ts';
export { scoreTag, type TagScores } from './tag-scores.ts';
export { fitClassifier, type Tagger } from './tagger.ts';

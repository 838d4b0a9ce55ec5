/**
 * A tagger: labels, features and a classifier as one thing, fitted, applied and scored alike in training, evaluation
 * and serving.
 *
 * @module
 */

export { countByQuestion } from './count-questions.ts';
export { type Falls, fallenTags, type JudgedTag } from './fallen-tags.ts';
export {
  canMakeFolds,
  type DecidedFit,
  fitAndDecide,
  type LearnedDecision,
  labelsToFit,
  type TrainingData,
} from './fit-and-decide.ts';
export { createFirstStage, type FurtherClassifier } from './further.ts';
export { chooseLabels } from './labels.ts';
export { type ScoredTagger, type Scores, scorePredicted, scoreTagger, type TagCounts } from './score.ts';
export type { FitSettings, LabelSettings, SecondStageSettings, TaggingSettings } from './settings.ts';
export { scoreTag, type TagScores } from './tag-scores.ts';
export {
  createSecondStage,
  type PredictedTags,
  predictTags,
  scoreQuestions,
  type Tagger,
  tagProbabilities,
} from './tagger.ts';

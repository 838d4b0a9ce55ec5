/**
 * What the training questions look like to a tagger that has not seen them.
 *
 * @module
 */

import type { CleanQuestion } from '../io/index.ts';
import { decide } from '../learn/decision/index.ts';
import {
  fitReference,
  joinSamples,
  type Reference,
  vocabularyOf,
  watchPredictions,
  watchQuestions,
  watchTags,
} from '../learn/drift/index.ts';
import type { Featurizer } from '../learn/features/index.ts';
import type { DecidedFit } from '../learn/tagger/index.ts';

/**
 * Given tags are those out of fold; where there are none, they are not watched. Scores are not kept: a classifier of a fold
 * has seen fewer questions than the model, and is less sure; `evaluate` keeps better ones. Words count as known where the
 * other questions have them.
 */
export function referenceOf(
  featurizer: Featurizer,
  classes: readonly string[],
  questions: readonly CleanQuestion[],
  { foldScores, learned }: Pick<DecidedFit, 'foldScores' | 'learned'>,
): Reference {
  const samples = [
    watchQuestions(questions, vocabularyOf(featurizer, questions.length), true),
    watchTags(questions.map(({ tags }) => tags)),
  ];
  if (foldScores !== undefined) {
    const decided = decide(learned.decision, foldScores, questions.length, classes.length);
    const { numbers, ...rest } = watchPredictions(classes, foldScores, decided);
    const { top_score: _, ...others } = numbers;
    samples.push({ ...rest, numbers: others });
  }
  return fitReference(joinSamples(...samples));
}

/**
 * Settings and questions that a tagger learns in no time.
 *
 * @module
 */

import type { CleanQuestion } from '../../stages/io/index.ts';
import type { ClassifierSettings } from '../../stages/learn/classifier/index.ts';
import type { FeatureSettings } from '../../stages/learn/features/index.ts';
import type { LabelSettings, SecondStageSettings, TaggingSettings } from '../../stages/learn/tagger/index.ts';

export const LABELS: LabelSettings = { coverage: 1, min_support: 1 };

export const FEATURES: FeatureSettings = { blocks: [{ kind: 'tfidf', fields: ['title', 'text'] }] };

export const CLASSIFIER: ClassifierSettings = {
  kind: 'linear_svc',
  loss: 'squared_hinge',
  C: 10,
  class_weight: null,
  tol: 1e-4,
  max_iter: 1000,
  intercept_scaling: 1,
  seed: 0,
};

export const SECOND_STAGE: SecondStageSettings = {
  kind: 'logistic_regression',
  classifiers: [],
  min_gain: -1,
  candidates: 2,
  C: 1,
  named_tags: true,
};

export const DECISION: TaggingSettings = {
  kind: 'global',
  folds: 2,
  min_support: 2,
  threshold: 0,
  top_k: 1,
  at_least_one: false,
  max_tags: null,
  calibration: null,
  latest: 1000,
};

/** A question that speaks of its tags by name and of nothing else. */
export const questionOf = (id: number, ...tags: readonly string[]): CleanQuestion => ({
  site: 'test',
  id,
  title: `about ${tags.join(' and ')}`,
  text: tags.join(' '),
  code: '',
  links: [],
  tags,
  creationDate: '2020-01-01T00:00:00Z',
  link: null,
});

export const QUESTIONS: readonly CleanQuestion[] = Array.from({ length: 12 }, (_, i) =>
  questionOf(i, ...[['red'], ['green'], ['blue'], ['red', 'blue']][i % 4]!),
);

/**
 * Settings and questions that a tagger learns in no time.
 *
 * @module
 */

import type { CleanQuestion } from '../../stages/io/index.ts';
import type { ClassifierSettings, FeatureSettings, LabelSettings } from '../../stages/learn/tagger/index.ts';

export const LABELS: LabelSettings = { coverage: 1, min_support: 1 };

export const FEATURES: FeatureSettings = {
  fields: ['title', 'text'],
  lowercase: true,
  stop_words: null,
  ngram_range: [1, 1],
  min_df: 1,
  max_df: 1,
  max_features: null,
  binary: false,
  use_idf: true,
  smooth_idf: true,
  sublinear_tf: false,
  norm: 'l2',
};

export const CLASSIFIER: ClassifierSettings = {
  kind: 'linear_svc',
  loss: 'squared_hinge',
  C: 10,
  class_weight: null,
  tol: 1e-4,
  max_iter: 1000,
  intercept_scaling: 1,
  threshold: 0,
  seed: 0,
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

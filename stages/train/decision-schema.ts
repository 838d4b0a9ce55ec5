/**
 * What `decision` of `config.yaml` admits.
 *
 * @module
 */

export const decisionSchema = {
  type: 'object',
  additionalProperties: false,
  required: [
    'kind',
    'folds',
    'min_support',
    'threshold',
    'top_k',
    'at_least_one',
    'max_tags',
    'calibration',
    'latest',
  ],
  properties: {
    kind: {
      enum: ['fixed', 'global', 'per_tag', 'per_rank', 'top_k'],
      description: 'A threshold from here; learned: one, one for each tag, one for each rank; the best tags',
    },
    folds: {
      type: 'integer',
      minimum: 2,
      description: 'Parts of the training questions, each scored by a classifier that has not seen it',
    },
    min_support: {
      type: 'integer',
      minimum: 1,
      description: 'Tags of fewer questions share one threshold (per_tag) and one curve (calibration)',
    },
    threshold: { type: 'number', description: 'fixed: a tag is given where its score is above' },
    top_k: { type: 'integer', minimum: 1, description: 'top_k: so many of the best tags are given' },
    at_least_one: { type: 'boolean', description: 'The best tag is given whatever its score' },
    max_tags: { type: ['integer', 'null'], minimum: 1, description: 'The most tags of a question' },
    calibration: {
      enum: ['platt', 'isotonic', null],
      description: 'From scores to probabilities: by a sigmoid, by any rising function; null: there are none',
    },
    latest: {
      type: 'integer',
      minimum: 1,
      description:
        'Thresholds, calibration and second stage are learned from so many of the latest questions',
    },
  },
} as const;

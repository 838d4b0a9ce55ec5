/**
 * What `quality` and `second_stage` of `config.yaml` admit.
 *
 * @module
 */

import { classifierSchema } from '../io/index.ts';

export const qualitySchema = {
  enum: ['fast', 'best'],
  description: 'best: a second stage weighs the tags of a question again; fast: there is none',
} as const;

export const secondStageSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['kind', 'classifiers', 'candidates', 'C', 'named_tags'],
  properties: {
    kind: {
      enum: ['logistic_regression'],
      description: 'One classifier over pairs of a question and a tag',
    },
    classifiers: {
      type: 'array',
      items: classifierSchema,
      description: 'Fitted beside that of train: their scores are weighed too',
    },
    candidates: {
      type: 'integer',
      minimum: 1,
      description: 'So many of the best tags of a question are weighed again, and those that its title names',
    },
    C: {
      type: 'number',
      exclusiveMinimum: 0,
      description: 'logistic_regression: weight of the errors against that of the norm',
    },
    named_tags: {
      type: 'boolean',
      description: 'Tags that are no labels are given to questions that name them',
    },
  },
} as const;

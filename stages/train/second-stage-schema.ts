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
  required: ['kind', 'classifiers', 'min_gain', 'candidates', 'C', 'named_tags'],
  properties: {
    kind: {
      enum: ['logistic_regression', 'boosted_trees'],
      description: 'One classifier over pairs of a question and a tag',
    },
    classifiers: {
      type: 'array',
      items: classifierSchema,
      description: 'Fitted beside that of train: their scores are weighed too',
    },
    min_gain: {
      type: 'number',
      minimum: 0,
      description: 'Of micro F1 out of fold: a further classifier that adds less is left out of the model',
    },
    candidates: {
      type: 'integer',
      minimum: 1,
      description: 'So many of the best tags of a question are weighed again, and those that its title names',
    },
    C: {
      type: 'number',
      exclusiveMinimum: 0,
      description: 'logistic_regression and named_tags: weight of the errors against that of the norm',
    },
    boosted_trees: {
      type: 'object',
      additionalProperties: false,
      description: 'Of boosted_trees',
      properties: {
        n_estimators: { type: 'integer', minimum: 1, description: 'Trees. Default: 100' },
        learning_rate: {
          type: 'number',
          exclusiveMinimum: 0,
          description: "What a tree's values are multiplied by. Default: 0.1",
        },
        max_leaf_nodes: { type: 'integer', minimum: 2, description: 'Leaves of a tree. Default: 31' },
        max_depth: {
          type: ['integer', 'null'],
          minimum: 1,
          description: 'Levels of a tree. Default: null, no limit',
        },
        min_samples_leaf: { type: 'integer', minimum: 1, description: 'Pairs of a leaf. Default: 20' },
        l2_regularization: {
          type: 'number',
          minimum: 0,
          description: "Holds leaves' values down. Default: 0",
        },
        max_pairs: {
          type: 'integer',
          minimum: 1,
          description: 'Of more pairs so many, drawn at random, are learned from. Default: 100000',
        },
      },
    },
    named_tags: {
      type: 'boolean',
      description: 'Tags that are no labels are given to questions that name them',
    },
  },
} as const;

/**
 * What `search.space` of `config.yaml` admits: for settings of `train`, each one way to draw its values.
 *
 * @module
 */

const only = { type: 'object', additionalProperties: false, minProperties: 1, maxProperties: 1 } as const;
const pair = { type: 'array', minItems: 2, maxItems: 2 } as const;
const list = { type: 'array', minItems: 1, description: 'One of these' } as const;

const UNIFORM = 'Numbers from the first to below the second';
const LOGUNIFORM = 'Numbers from the first to the second, their logarithms uniform';
const INT = 'Integers, both ends included';

const positive = { type: 'number', exclusiveMinimum: 0 } as const;
const notNegative = { type: 'number', minimum: 0 } as const;
const count = { type: 'integer', minimum: 1 } as const;
const seed = { type: 'integer', minimum: 0 } as const;

const loguniform = { ...pair, items: positive, description: LOGUNIFORM } as const;

export const spaceSchema = {
  type: 'object',
  additionalProperties: false,
  minProperties: 1,
  description: 'The settings of train that are searched, each with one of uniform, loguniform, int, choice',
  properties: {
    C: {
      ...only,
      description: 'Weight of the errors against that of the norm',
      properties: {
        uniform: { ...pair, items: positive, description: UNIFORM },
        loguniform,
        choice: { ...list, items: positive },
      },
    },
    loss: {
      ...only,
      description: 'Of the margin',
      properties: { choice: { ...list, items: { enum: ['squared_hinge', 'hinge'] } } },
    },
    class_weight: {
      ...only,
      description: 'balanced: rare tags weigh more',
      properties: { choice: { ...list, items: { enum: ['balanced', null] } } },
    },
    intercept_scaling: {
      ...only,
      description: 'Value of the feature of the intercept',
      properties: {
        uniform: { ...pair, items: notNegative, description: UNIFORM },
        loguniform,
        choice: { ...list, items: notNegative },
      },
    },
    tol: {
      ...only,
      description: 'Of the stopping rule',
      properties: { loguniform, choice: { ...list, items: positive } },
    },
    max_iter: {
      ...only,
      description: 'Passes over the questions for each tag',
      properties: {
        int: { ...pair, items: count, description: INT },
        choice: { ...list, items: count },
      },
    },
    seed: {
      ...only,
      description: 'Of the order in which questions are visited',
      properties: {
        int: { ...pair, items: seed, description: INT },
        choice: { ...list, items: seed },
      },
    },
  },
} as const;

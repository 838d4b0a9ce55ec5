/**
 * What `train` of `config.yaml` admits.
 *
 * @module
 */

export const trainSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['from', 'kind', 'loss', 'C', 'class_weight', 'tol', 'max_iter', 'intercept_scaling', 'seed'],
  properties: {
    from: {
      enum: ['search', 'config'],
      description: 'search: what it found takes the place of the settings here; config: nothing is searched',
    },
    kind: { const: 'linear_svc', description: 'One linear support vector classifier for each tag' },
    loss: {
      enum: ['squared_hinge', 'hinge'],
      description:
        'Of a question on the wrong side of the margin: the square of its distance, or that itself',
    },
    C: {
      type: 'number',
      exclusiveMinimum: 0,
      description: 'Weight of the errors against that of the norm',
    },
    class_weight: { enum: ['balanced', null], description: 'balanced: rare tags weigh more' },
    tol: { type: 'number', exclusiveMinimum: 0, description: 'Of the stopping rule' },
    max_iter: { type: 'integer', minimum: 1, description: 'Passes over the questions for each tag' },
    intercept_scaling: {
      type: 'number',
      minimum: 0,
      description: 'Value of the feature of the intercept',
    },
    seed: { type: 'integer', minimum: 0, description: 'Of the order in which questions are visited' },
  },
} as const;

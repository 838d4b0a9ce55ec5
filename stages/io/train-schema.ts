/**
 * What `train` of `config.yaml` admits: each kind of classifier has its own keys.
 *
 * @module
 */

import { StageFailure } from 'dvc-like/stage';
import { type ClassifierSettings, mostFeatures } from '../learn/classifier/index.ts';
import { blockSchema } from './block-schema.ts';

const from = {
  enum: ['search', 'config'],
  description: 'search: what it found takes the place of the settings here; config: nothing is searched',
} as const;

const C = {
  type: 'number',
  exclusiveMinimum: 0,
  description: 'Weight of the errors against that of the norm. Default: 1',
} as const;

const class_weight = {
  enum: ['balanced', null],
  description: 'balanced: rare tags weigh more. Default: null',
} as const;

const tol = {
  type: 'number',
  exclusiveMinimum: 0,
  description: 'Of the stopping rule. Default: 0.0001',
} as const;

const seed = {
  type: 'integer',
  minimum: 0,
  description: 'Of the order in which questions are visited. Default: 0',
} as const;

const max_depth = {
  type: ['integer', 'null'],
  minimum: 1,
  description: 'Levels of a tree. Default: null, no limit',
} as const;

const KINDS = {
  linear_svc: {
    kind: { const: 'linear_svc', description: 'A linear support vector classifier for each tag' },
    loss: {
      enum: ['squared_hinge', 'hinge'],
      description:
        'Of a question on the wrong side of the margin: the square of its distance, or that itself. ' +
        'Default: squared_hinge',
    },
    C,
    class_weight,
    tol,
    max_iter: {
      type: 'integer',
      minimum: 1,
      description: 'Passes over the questions for each tag. Default: 1000',
    },
    intercept_scaling: {
      type: 'number',
      minimum: 0,
      description: 'Value of the feature of the intercept. Default: 1',
    },
    seed,
  },
  logistic_regression: {
    kind: { const: 'logistic_regression', description: 'A logistic regression for each tag' },
    C,
    class_weight,
    tol: {
      type: 'number',
      exclusiveMinimum: 0,
      description:
        'Of the largest component of the gradient, beside what errors in all questions of the rarer class cost. ' +
        'Default: 0.0001',
    },
    max_iter: { type: 'integer', minimum: 1, description: "Steps of Newton's method. Default: 100" },
    fit_intercept: { type: 'boolean', description: 'Whether there is an intercept. Default: true' },
    penalize_intercept: {
      type: 'boolean',
      description: 'true: as the solver liblinear has it; false: as the others have it. Default: false',
    },
    intercept_scaling: {
      type: 'number',
      exclusiveMinimum: 0,
      description: 'Value of the feature of a penalised intercept. Default: 1',
    },
  },
  sgd: {
    kind: { const: 'sgd', description: 'A linear classifier for each tag by stochastic gradient descent' },
    loss: {
      enum: ['hinge', 'log_loss', 'modified_huber', 'squared_hinge'],
      description: 'Of a question on the wrong side of the margin. Default: hinge',
    },
    penalty: { enum: ['l2', 'l1', 'elasticnet', null], description: 'Of the weights. Default: l2' },
    alpha: { type: 'number', exclusiveMinimum: 0, description: 'Weight of the penalty. Default: 0.0001' },
    l1_ratio: {
      type: 'number',
      minimum: 0,
      maximum: 1,
      description: 'elasticnet: the share of l1. Default: 0.15',
    },
    fit_intercept: { type: 'boolean', description: 'Whether there is an intercept. Default: true' },
    max_iter: { type: 'integer', minimum: 1, description: 'Passes over the questions. Default: 1000' },
    tol: {
      type: ['number', 'null'],
      description: 'After five passes that lower the objective by less it stops; null: never. Default: 0.001',
    },
    shuffle: { type: 'boolean', description: 'Another order for each pass. Default: true' },
    learning_rate: {
      enum: ['optimal', 'constant', 'invscaling', 'adaptive'],
      description: 'How long steps are. Default: optimal',
    },
    eta0: {
      type: 'number',
      exclusiveMinimum: 0,
      description: 'The first step, but for optimal. Default: 0.01',
    },
    power_t: { type: 'number', description: 'invscaling: how fast steps get shorter. Default: 0.5' },
    class_weight,
    average: { type: 'boolean', description: 'The mean of the weights of all steps. Default: false' },
    seed,
  },
  knn: {
    kind: { const: 'knn', description: 'The tags of the nearest questions, by the cosine of their features' },
    n_neighbors: { type: 'integer', minimum: 1, description: 'Questions that vote. Default: 5' },
    weights: {
      enum: ['uniform', 'distance'],
      description: 'distance: the nearer, the more a vote weighs. Default: uniform',
    },
  },
  random_forest: {
    kind: {
      const: 'random_forest',
      description:
        'Trees on samples of the questions, for all tags at once; on LSA components (featurize.kind: lsa)',
    },
    n_estimators: { type: 'integer', minimum: 1, description: 'Trees. Default: 100' },
    max_depth,
    min_samples_leaf: { type: 'integer', minimum: 1, description: 'Questions of a leaf. Default: 1' },
    min_samples_split: {
      type: 'integer',
      minimum: 2,
      description: 'Questions of a node that is split. Default: 2',
    },
    criterion: { enum: ['gini', 'entropy'], description: 'The impurity that splits lower. Default: gini' },
    class_weight: {
      enum: ['balanced', null],
      description:
        'balanced: a question weighs the product, over all tags, of how rare it is to have the tag, or to lack it, as it ' +
        'does. Default: null',
    },
    max_features: {
      anyOf: [{ const: 'sqrt' }, { type: 'number', exclusiveMinimum: 0, maximum: 1 }, { type: 'null' }],
      description:
        'Features that a split is chosen from: the square root of their number, a share of them, or (null) all. ' +
        'Default: sqrt',
    },
    bootstrap: {
      type: 'boolean',
      description: 'Whether each tree has a sample of the questions, drawn with replacement. Default: true',
    },
    seed: { type: 'integer', minimum: 0, description: 'Of the draws. Default: 0' },
  },
  boosted_trees: {
    kind: {
      const: 'boosted_trees',
      description:
        'Gradient boosting of histogram trees for each tag; on LSA components (featurize.kind: lsa)',
    },
    n_estimators: { type: 'integer', minimum: 1, description: 'Trees for each tag. Default: 100' },
    learning_rate: {
      type: 'number',
      exclusiveMinimum: 0,
      description: "What a tree's values are multiplied by. Default: 0.1",
    },
    max_leaf_nodes: { type: 'integer', minimum: 2, description: 'Leaves of a tree. Default: 31' },
    max_depth,
    min_samples_leaf: { type: 'integer', minimum: 1, description: 'Questions of a leaf. Default: 20' },
    l2_regularization: { type: 'number', minimum: 0, description: "Holds leaves' values down. Default: 0" },
    max_bins: {
      type: 'integer',
      minimum: 2,
      maximum: 255,
      description: 'What the values of a feature are told apart by. Default: 255',
    },
    class_weight,
  },
  complement_nb: {
    kind: { const: 'complement_nb', description: 'Complement naive Bayes for each tag' },
    alpha: {
      type: 'number',
      exclusiveMinimum: 0,
      description: 'Added to the count of each feature. Default: 1',
    },
    norm: { type: 'boolean', description: 'Weights are divided by their sum. Default: false' },
  },
} as const;

export type ClassifierKind = keyof typeof KINDS;

export const CLASSIFIER_KINDS = Object.keys(KINDS) as readonly ClassifierKind[];

/** A setting's name to the JSON Schema of its values. */
export function settingsOf(
  kind: ClassifierKind,
): Readonly<Record<string, { readonly description: string; readonly type?: string | readonly string[] }>> {
  const { kind: _, ...settings } = KINDS[kind];
  return settings;
}

const when = (kind: ClassifierKind, then: object) => ({
  if: { properties: { kind: { const: kind } } },
  then,
});

/** What is wrong with the settings is said of their kind alone. */
export const trainSchema = {
  type: 'object',
  required: ['from', 'kind'],
  properties: {
    from,
    kind: { enum: CLASSIFIER_KINDS, description: 'The classifier that is fitted for each tag' },
  },
  allOf: CLASSIFIER_KINDS.map((kind) =>
    when(kind, { type: 'object', additionalProperties: false, properties: { from, ...KINDS[kind] } }),
  ),
} as const;

const blocks = {
  type: 'array',
  minItems: 1,
  items: blockSchema,
  description: 'Features of its own, as in featurize. Default: those of train',
} as const;

/** A classifier beside that of `train`. */
export const classifierSchema = {
  type: 'object',
  required: ['kind'],
  properties: { kind: { enum: CLASSIFIER_KINDS, description: 'The classifier that is fitted for each tag' } },
  allOf: CLASSIFIER_KINDS.map((kind) =>
    when(kind, { type: 'object', additionalProperties: false, properties: { blocks, ...KINDS[kind] } }),
  ),
} as const;

/** The settings without where they come from. @param train As the schema admits it. */
export function classifierSettings(train: {
  readonly from: unknown;
  readonly kind: ClassifierKind;
}): ClassifierSettings {
  const { from: _, ...settings } = train;
  return settings;
}

/** @throws {StageFailure} If the kind cannot be fitted on so many features. */
export function checkFeatures(kind: ClassifierKind, features: number): void {
  const most = mostFeatures(kind);
  if (features <= most) return;
  throw new StageFailure(
    `train.kind: ${kind} reads every feature of every question: ${features} are more than ${most}`,
    { hint: 'give it LSA components: featurize.kind: lsa' },
  );
}

/**
 * What is asked and answered, as JSON Schema: requests are checked by it, and `/openapi.json` shows it.
 *
 * @module
 */

import type { Limits } from '../settings.ts';

const titleSchema = ({ titleLength }: Limits) =>
  ({
    type: 'string',
    minLength: 1,
    maxLength: titleLength,
    description: 'As its site gives it; it may hold HTML entities',
  }) as const;

const bodySchema = ({ bodyLength }: Limits) =>
  ({ type: 'string', maxLength: bodyLength, description: 'HTML, as its site gives it' }) as const;

const OPTIONS = {
  top_k: {
    type: 'integer',
    minimum: 1,
    maximum: 1000,
    description:
      "List so many of the best tags, given or not; left out: the tags that the model's decision gives",
  },
  threshold: {
    type: 'number',
    description: "List only tags with a score above it, in place of the model's decision",
  },
  words: {
    type: 'integer',
    minimum: 0,
    maximum: 50,
    default: 3,
    description: 'Of the words that spoke for a tag, so many',
  },
} as const;

export interface PredictBody {
  readonly title?: string;
  readonly body?: string;
  readonly questions?: readonly { readonly title: string; readonly body?: string }[];
  readonly top_k?: number;
  readonly threshold?: number;
  readonly words?: number;
}

export const predictBodySchema = (limits: Limits) => ({
  type: 'object',
  additionalProperties: false,
  properties: {
    title: titleSchema(limits),
    body: bodySchema(limits),
    questions: {
      type: 'array',
      minItems: 1,
      maxItems: limits.batch,
      description: 'Several at once, in place of "title" and "body"',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['title'],
        properties: { title: titleSchema(limits), body: bodySchema(limits) },
      },
    },
    ...OPTIONS,
  },
  oneOf: [{ required: ['title'] }, { required: ['questions'] }],
  examples: [
    { title: 'How to mount a volume in docker compose?', body: '<p>It is <code>empty</code>.</p>' },
    { questions: [{ title: 'What is a closure?' }, { title: 'Undo the last commit' }], top_k: 3 },
  ],
});

const WORD = {
  type: 'object',
  required: ['word', 'field', 'kind', 'weight'],
  properties: {
    word: { type: 'string' },
    field: { type: 'string', description: 'title, text, code or links' },
    kind: {
      enum: ['term', 'tag_name', 'lsa'],
      description: 'tag_name: a tag of this name is mentioned in the field',
    },
    weight: { type: 'number', description: 'What it adds to the score' },
  },
} as const;

const TAG = {
  type: 'object',
  required: ['tag', 'score', 'probability', 'given', 'words'],
  properties: {
    tag: { type: 'string' },
    score: { type: 'number', description: 'What the decision is made on; of no unit' },
    probability: {
      type: ['number', 'null'],
      description: 'That the question has the tag, in [0, 1]; null where the model was made without',
    },
    given: { type: 'boolean', description: "Whether the model's decision gives it" },
    words: { type: 'array', items: WORD, description: 'What raised the score, the strongest first' },
  },
} as const;

const PREDICTION = {
  type: 'object',
  required: ['tags'],
  properties: { tags: { type: 'array', items: TAG, description: 'By score, the highest first' } },
} as const;

const MODEL_ID = { type: 'string', description: "SHA-256 of the model's manifest" } as const;

/** The answer to one question has `prediction`, to several `predictions` in their order. */
export const PREDICT_ANSWER = {
  type: 'object',
  required: ['model'],
  properties: {
    model: MODEL_ID,
    prediction: PREDICTION,
    predictions: { type: 'array', items: PREDICTION },
  },
} as const;

const PROBLEM = {
  type: 'object',
  required: ['status', 'title', 'code', 'detail'],
  properties: {
    status: { type: 'integer' },
    title: { type: 'string' },
    code: { type: 'string', description: 'Stable, for programs' },
    detail: { type: 'string', description: 'What is wrong' },
    at: { type: 'string', description: 'JSON pointer to what is wrong in the body' },
  },
} as const;

/** Responses of an operation that can be refused. */
export const refusals = (...statuses: readonly number[]) =>
  Object.fromEntries(
    statuses.map((status) => [
      status,
      {
        description: REFUSALS[status] ?? 'Refused',
        content: { 'application/problem+json': { schema: PROBLEM } },
      },
    ]),
  );

const REFUSALS: Readonly<Record<number, string>> = {
  400: 'The body is not what is asked for',
  401: 'A key is needed',
  413: 'The body is too large',
  415: 'The body is of another type',
  429: 'Too many requests',
  503: 'Overloaded, stopping or without a model',
  504: 'It takes too long',
};

/** Of the four forms exactly one. @see https://mlflow.org/docs/latest/ml/deployment/deploy-model-locally */
export const INVOCATIONS_BODY = {
  type: 'object',
  properties: {
    dataframe_split: {
      type: 'object',
      required: ['columns', 'data'],
      properties: {
        columns: { type: 'array', items: { type: 'string' } },
        index: { type: 'array' },
        data: { type: 'array', items: { type: 'array' } },
      },
    },
    dataframe_records: { type: 'array', items: { type: 'object' } },
    instances: { type: 'array', description: 'Titles, or objects with title and body' },
    inputs: {
      description: 'As instances, or an object of columns',
      anyOf: [{ type: 'array' }, { type: 'object' }],
    },
    params: {
      type: 'object',
      additionalProperties: false,
      properties: { top_k: OPTIONS.top_k, threshold: OPTIONS.threshold },
    },
  },
  examples: [
    { dataframe_split: { columns: ['title', 'body'], data: [['What is a closure?', '<p>In js</p>']] } },
  ],
} as const;

export const INVOCATIONS_ANSWER = {
  type: 'object',
  required: ['predictions'],
  properties: {
    predictions: {
      type: 'array',
      items: {
        type: 'object',
        required: ['tags', 'scores'],
        properties: {
          tags: { type: 'array', items: { type: 'string' } },
          scores: { type: 'array', items: { type: 'number' } },
        },
      },
    },
  },
} as const;

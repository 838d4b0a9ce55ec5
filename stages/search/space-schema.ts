/**
 * What `search.space` of `config.yaml` admits: for settings of `train`'s kind, each one way to draw its values.
 *
 * @module
 */

import { CLASSIFIER_KINDS, type ClassifierKind, settingsOf } from '../io/index.ts';

/** A setting as `train` admits it. */
interface SettingSchema {
  readonly description: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly [keyword: string]: unknown;
}

const pair = { type: 'array', minItems: 2, maxItems: 2 } as const;
const list = { type: 'array', minItems: 1 } as const;

const UNIFORM = 'Numbers from the first to below the second';
const LOGUNIFORM = 'Numbers from the first to the second, their logarithms uniform';
const INT = 'Integers, both ends included';
const CHOICE = 'One of these';

/** Distributions whose values the setting can have. */
function drawnFrom({ description, ...items }: SettingSchema): object {
  const types: readonly unknown[] = [items.type].flat();
  return {
    type: 'object',
    additionalProperties: false,
    minProperties: 1,
    maxProperties: 1,
    description,
    properties: {
      ...(types.includes('number') && {
        uniform: { ...pair, items, description: UNIFORM },
        loguniform: { ...pair, items: { exclusiveMinimum: 0, ...items }, description: LOGUNIFORM },
      }),
      ...(types.includes('integer') && { int: { ...pair, items, description: INT } }),
      choice: { ...list, items, description: CHOICE },
    },
  };
}

const spaceOf = (kind: ClassifierKind): object => ({
  type: 'object',
  additionalProperties: false,
  properties: Object.fromEntries(
    Object.entries(settingsOf(kind)).map(([name, setting]) => [name, drawnFrom(setting)]),
  ),
});

export const spaceSchema = {
  type: 'object',
  minProperties: 1,
  description: 'The settings of train that are searched, each with one of uniform, loguniform, int, choice',
  additionalProperties: { type: 'object' },
} as const;

const when = (kind: ClassifierKind, then: object) => ({
  if: { properties: { train: { properties: { kind: { const: kind } } } } },
  then,
});

/** The space has settings of the kind that `train` has. */
export const spaceOfItsKind = CLASSIFIER_KINDS.map((kind) =>
  when(kind, { properties: { search: { properties: { space: spaceOf(kind) } } } }),
);

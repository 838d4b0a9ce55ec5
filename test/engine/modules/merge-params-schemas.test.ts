import * as assert from 'uvu/assert';
import { toDraft07 } from '../../../engine/manifest/index.ts';
import { type ListedParams, mergeParamsSchemas } from '../../../engine/modules/index.ts';
import { suite, table } from '../../support/suite.ts';

const object = (properties: object): object => ({ type: 'object', properties });
const INT = { type: 'integer' };
const TEXT = { type: 'string' };

const rows: readonly {
  readonly name: string;
  readonly listed: readonly ListedParams[];
  readonly merged: object;
}[] = [
  { name: 'nothing', listed: [], merged: {} },
  {
    name: 'a key, open for what nobody lists',
    listed: [{ keys: ['a'], schema: { ...object({ a: INT }), additionalProperties: false } }],
    merged: { type: 'object', required: ['a'], properties: { a: INT } },
  },
  {
    name: 'parts of one mapping, from two modules',
    listed: [
      { keys: ['a.b'], schema: object({ a: object({ b: INT }) }) },
      { keys: ['a.c'], schema: object({ a: object({ c: TEXT }) }) },
    ],
    merged: {
      type: 'object',
      required: ['a'],
      properties: { a: { type: 'object', required: ['b', 'c'], properties: { b: INT, c: TEXT } } },
    },
  },
  {
    name: 'the same of two modules once',
    listed: [
      { keys: ['a'], schema: object({ a: INT }) },
      { keys: ['a'], schema: object({ a: { ...INT } }) },
    ],
    merged: { type: 'object', required: ['a'], properties: { a: INT } },
  },
  {
    name: 'two that both must hold',
    listed: [
      { keys: ['a'], schema: object({ a: INT }) },
      { keys: ['a'], schema: object({ a: { minimum: 1 } }) },
    ],
    merged: { type: 'object', required: ['a'], properties: { a: { allOf: [INT, { minimum: 1 }] } } },
  },
  {
    name: 'a mapping as a whole and a part of it',
    listed: [
      { keys: ['a'], schema: object({ a: object({ b: INT }) }) },
      { keys: ['a.b'], schema: undefined },
    ],
    merged: {
      type: 'object',
      required: ['a'],
      properties: {
        a: { allOf: [object({ b: INT }), { type: 'object', required: ['b'], properties: { b: {} } }] },
      },
    },
  },
  {
    name: 'a whole file',
    listed: [{ keys: 'all', schema: object({ a: INT }) }],
    merged: object({ a: INT }),
  },
  {
    name: 'a schema that forbids everything',
    listed: [{ keys: ['a'], schema: object({ a: false }) }],
    merged: { type: 'object', required: ['a'], properties: { a: { allOf: [false] } } },
  },
  {
    name: 'nothing of a key whose schema refers to another place',
    listed: [{ keys: ['a'], schema: object({ a: { $ref: '#/$defs/a' } }) }],
    merged: { type: 'object', required: ['a'], properties: { a: {} } },
  },
  {
    name: 'a key by the name of a method',
    listed: [{ keys: ['toString', '__proto__'], schema: object({}) }],
    merged: {
      type: 'object',
      required: ['toString', '__proto__'],
      properties: { toString: {}, ['__proto__']: {} },
    },
  },
];

suite('mergeParamsSchemas() merges', (test) => {
  table(test, rows, ({ listed, merged }) => {
    assert.equal(mergeParamsSchemas(listed), merged);
  });
});

suite('toDraft07() says the same in the older words', (test) => {
  table(
    test,
    [
      { name: 'true', schema: true, older: true },
      {
        name: 'definitions',
        schema: { $defs: { a: INT }, $ref: '#/$defs/a' },
        older: { definitions: { a: INT }, $ref: '#/definitions/a' },
      },
      {
        name: 'tuples',
        schema: { prefixItems: [INT], items: false },
        older: { items: [INT], additionalItems: false },
      },
      { name: 'lists', schema: { items: { $defs: {} } }, older: { items: { definitions: {} } } },
      {
        name: 'dependencies',
        schema: { dependentRequired: { a: ['b'] } },
        older: { dependencies: { a: ['b'] } },
      },
      {
        name: 'properties that are called as keywords',
        schema: object({ $defs: INT, items: INT }),
        older: object({ $defs: INT, items: INT }),
      },
      {
        name: 'data that looks like a schema',
        schema: { const: { $defs: 1 }, default: { prefixItems: [] } },
        older: { const: { $defs: 1 }, default: { prefixItems: [] } },
      },
      {
        name: 'what the older draft cannot say',
        schema: { type: 'object', unevaluatedProperties: false, $schema: 'x' },
        older: { type: 'object' },
      },
    ],
    ({ schema, older }) => {
      assert.equal(toDraft07(schema), older);
    },
  );
});

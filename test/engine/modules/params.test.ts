import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { parseDocument } from 'yaml';
import type { Value, ValueMap } from '../../../cache/index.ts';
import type { Place } from '../../../engine/core/index.ts';
import { checkParams } from '../../../engine/modules/index.ts';
import { suite, table } from '../../support/suite.ts';
import { render, withModules } from './with-modules.ts';

const SCHEMA = {
  type: 'object',
  additionalProperties: false,
  required: ['train'],
  properties: {
    train: {
      type: 'object',
      additionalProperties: false,
      required: ['C', 'max_iter'],
      properties: {
        C: { type: 'number', exclusiveMinimum: 0, description: 'Inverse strength of the penalty' },
        max_iter: { type: 'integer', minimum: 1 },
        loss: { enum: ['hinge', 'squared_hinge'] },
        fields: { type: 'array', items: { type: 'string' }, minItems: 1 },
        seed: { type: ['integer', 'null'] },
      },
    },
  },
};

/** What a person sees who has this in `config.yaml`. */
function check(schema: unknown, text: string): string {
  const document = parseDocument(text);
  const file = { path: 'config.yaml', text };
  const locate = (path: readonly string[]): Place | undefined => {
    const node: unknown = document.getIn(path, true);
    if (typeof node !== 'object' || node === null || !('range' in node)) return undefined;
    const [start, end] = node.range as [number, number];
    return { file, range: { start, end } };
  };
  return `\n${render(checkParams(schema, toValue(document.toJS({ mapAsMap: true })) as ValueMap, locate))}`;
}

const toValue = (value: unknown): Value => value as Value;

suite('checkParams() points at what a module cannot take', (test) => {
  table(
    test,
    [
      {
        name: 'nothing, where all is well',
        text: 'train: {C: 1, max_iter: 10, seed: null}\n',
        expected: '\n',
      },
      {
        name: 'a wrong type',
        text: 'train:\n  C: big\n  max_iter: 10\n',
        expected: `
error[E_PARAM_TYPE]: Param "train.C" must be a number, not "big"
 --> config.yaml:2:6
  |
2 |   C: big
  |      ^^^
  = hint: Inverse strength of the penalty`,
      },
      {
        name: 'a value out of its range',
        text: 'train: {C: -1, max_iter: 10}\n',
        expected: `
error[E_PARAM_TYPE]: Param "train.C" must be > 0, not -1
 --> config.yaml:1:12
  |
1 | train: {C: -1, max_iter: 10}
  |            ^^
  = hint: Inverse strength of the penalty`,
      },
      {
        name: 'none of the values',
        text: 'train: {C: 1, max_iter: 10, loss: hinges}\n',
        expected: `
error[E_PARAM_TYPE]: Param "train.loss" must be one of "hinge", "squared_hinge", not "hinges"
 --> config.yaml:1:35
  |
1 | train: {C: 1, max_iter: 10, loss: hinges}
  |                                   ^^^^^^
  = hint: did you mean "hinge"?`,
      },
      {
        name: 'an item of a list',
        text: 'train: {C: 1, max_iter: 10, fields: [title, 3]}\n',
        expected: `
error[E_PARAM_TYPE]: Param "train.fields.1" must be a string, not 3
 --> config.yaml:1:45
  |
1 | train: {C: 1, max_iter: 10, fields: [title, 3]}
  |                                             ^`,
      },
      {
        name: 'a mistyped name, which is an unknown and a missing one',
        text: 'train:\n  C: 1\n  max_itre: 10\n',
        expected: `
error[E_PARAM_MISSING]: Param "train.max_iter" is missing
 --> config.yaml:2:3
  |
2 |   C: 1
  |   ^^^^
  = hint: "max_itre" is set; did you mean "max_iter"?

error[E_PARAM_UNKNOWN]: Unknown param "train.max_itre"
 --> config.yaml:3:13
  |
3 |   max_itre: 10
  |             ^^
  = hint: did you mean "max_iter"?`,
      },
      {
        name: 'all at once, each at its place',
        text: 'train:\n  C: yes\n  max_iter: 1.5\n  other: 1\n',
        expected: `
error[E_PARAM_UNKNOWN]: Unknown param "train.other"
 --> config.yaml:4:10
  |
4 |   other: 1
  |          ^
  = hint: the module knows "C", "max_iter", "loss", "fields", "seed"

error[E_PARAM_TYPE]: Param "train.C" must be a number, not "yes"
 --> config.yaml:2:6
  |
2 |   C: yes
  |      ^^^
  = hint: Inverse strength of the penalty

error[E_PARAM_TYPE]: Param "train.max_iter" must be an integer, not 1.5
 --> config.yaml:3:13
  |
3 |   max_iter: 1.5
  |             ^^^`,
      },
      {
        name: 'what is not in the file at all',
        text: '{}\n',
        expected: `
error[E_PARAM_MISSING]: Param "train" is missing
  = hint: set it, and list it under "params" of the stage`,
      },
    ],
    ({ text, expected }) => {
      assert.is(check(SCHEMA, text), expected);
    },
  );

  test('a schema that is none', () => {
    assert.match(check({ type: 'objekt' }, '{}'), 'error[E_PARAMS_SCHEMA]: ');
    assert.match(check({ properties: { a: { minimun: 1 } } }, '{}'), 'unknown keyword: "minimun"');
  });

  test('a value that JSON does not have', () => {
    const params = new Map<string, Value>([
      ['a', 2n ** 70n],
      ['b', Infinity],
      ['c', NaN],
    ]);
    const schema = { properties: { a: { type: 'string' }, b: { type: 'string' }, c: { type: 'string' } } };
    const messages = checkParams(schema, params, () => undefined).map(({ message }) => message);
    assert.equal(messages, [
      'Param "a" must be a string, not 1180591620717411303424',
      'Param "b" must be a string, not Infinity',
      'Param "c" must be a string, not NaN',
    ]);
  });

  test('no schema takes everything', () => {
    assert.is(check(undefined, 'a: 1\n'), '\n');
  });
});

suite('paramsSchema() is what the module exports', (test) => {
  test('however it is computed', () =>
    withModules(
      {
        'stage.ts': `import { positive } from './schema.ts';
          export const params = { type: 'object', properties: { C: positive } } as const;
          export default () => 1;`,
        'schema.ts': `export const positive = { type: 'number', exclusiveMinimum: 0 } as const;`,
      },
      async (p) => {
        const schema = await p.modules().paramsSchema(await p.moduleCode());
        assert.equal(schema, {
          ok: true,
          value: { type: 'object', properties: { C: { type: 'number', exclusiveMinimum: 0 } } },
        });
      },
    ));

  test('evaluated once for each code, by any engine', () =>
    withModules(
      {
        'stage.ts': `import { appendFileSync } from 'node:fs';
          appendFileSync('evaluated', '.');
          export const params = true;
          export default () => 1;`,
      },
      async (p) => {
        const module = await p.moduleCode();
        assert.equal(await p.modules().paramsSchema(module), { ok: true, value: true });
        assert.ok(existsSync(join(p.root, 'evaluated')));
        await p.remove('evaluated');
        assert.equal(await p.modules().paramsSchema(module), { ok: true, value: true });
        assert.not(existsSync(join(p.root, 'evaluated')));
      },
    ));

  test('or why there is none, without harm to the others', () =>
    withModules(
      {
        'none.ts': 'export default () => 1;',
        'throws.ts': `export default () => 1;\nconst a = new Map().get('x').y;\nexport const params = a;`,
        'exits.ts': 'process.exit(0); export default () => 1;',
        'hangs.ts': 'await new Promise(() => {}); export default () => 1;',
        'text.ts': `export const params = 'train'; export default () => 1;`,
        'fine.ts': `export const params = { type: 'object' }; export default () => 1;`,
      },
      async (p) => {
        const names = ['none.ts', 'throws.ts', 'exits.ts', 'hangs.ts', 'text.ts', 'fine.ts'];
        const codes = await Promise.all(names.map(p.moduleCode));
        const schemas = await p.modules().paramsSchemas(codes);
        const shown = names.map((name) => {
          const schema = schemas.get(name)!;
          return schema.ok ? schema.value : schema.error.map(({ message }) => message).join();
        });
        assert.equal(shown, [
          undefined,
          `Module "throws.ts" cannot be imported: TypeError: Cannot read properties of undefined (reading 'y')\n    at <anonymous> (throws.ts:2:28)`,
          'Module "exits.ts" cannot be imported: it ended its process with exit code 0',
          'Module "hangs.ts" cannot be imported: an await never ended',
          'Module "text.ts" exports "params" that is not a JSON Schema',
          { type: 'object' },
        ]);
      },
    ));
});

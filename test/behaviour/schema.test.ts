import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import { withStudy } from '../stages/study-project.ts';
import { assertUpToDate, ROOT } from '../support/golden-file.ts';
import { withProject } from '../support/project.ts';
import { suite, table } from '../support/suite.ts';

const MANIFEST = 'docs/schema/dvc-like.schema.json';
const PARAMS = 'docs/schema/config.schema.json';

const read = (path: string): string => readFileSync(`${ROOT}${path}`, 'utf8');
const schemaIn = (path: string): object => JSON.parse(read(path)) as object;

/** As an editor would: draft-07, nothing known of us. */
const validatorOf = (schema: object): ValidateFunction =>
  new Ajv({
    allErrors: true,
    strict: true,
    strictTypes: false,
    strictRequired: false,
    allowUnionTypes: true,
  }).compile(schema);

function errorsOf(schema: object, yaml: string): readonly string[] {
  const validate = validatorOf(schema);
  validate(parse(yaml, { merge: true }));
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`);
}

suite('dvc-like schema prints the schema of the manifest', (test) => {
  test('as it is committed', () =>
    withProject({}, async (p) => {
      const { stdout, exitCode } = await p.run('schema');
      assert.is(exitCode, 0);
      assertUpToDate(MANIFEST, stdout);
    }));

  test('in a DVC repository, that of dvc.yaml', () =>
    withProject({ '.dvc/config': '' }, async (p) => {
      const schema = JSON.parse((await p.run('schema')).stdout) as { readonly title: string };
      assert.is(schema.title, 'dvc.yaml');
      assert.equal(errorsOf(schema, 'stages: {a: {cmd: x, wdir: .., outs: [a: {cache: false}]}}'), []);
      assert.match(
        errorsOf(schema, 'stages: {a: {cmd: x, env: {A: b}}}').join('\n'),
        'additional properties',
      );
    }));

  test('with a description of each key', () => {
    assert.equal([...undescribed(schemaIn(MANIFEST))], []);
  });

  const examples = readdirSync(`${ROOT}examples`)
    .map((name) => `examples/${name}/dvc-like.yaml`)
    .filter((path) => existsSync(`${ROOT}${path}`));
  table(
    test,
    ['dvc-like.yaml', ...examples].map((name) => ({ name })),
    ({ name }) => {
      assert.equal(errorsOf(schemaIn(MANIFEST), read(name)), []);
    },
  );

  table(
    test,
    [
      { name: 'refuses an unknown key', yaml: 'stages: {a: {cmd: x, dep: [b]}}', path: '/stages/a ' },
      { name: 'refuses a wrong type', yaml: 'stages: {a: {cmd: x, deps: b}}', path: '/stages/a/deps ' },
      { name: 'refuses a stage without a command', yaml: 'stages: {a: {outs: [b]}}', path: '/stages/a ' },
      {
        name: 'refuses "with" without a module',
        yaml: 'stages: {a: {cmd: x, with: {b: 1}}}',
        path: '/stages/a ',
      },
      {
        name: 'refuses a group with a command',
        yaml: 'stages: {a: {foreach: [1], do: {cmd: x}, cmd: x}}',
        path: '/stages/a ',
      },
    ],
    ({ yaml, path }) => {
      const errors = errorsOf(schemaIn(MANIFEST), yaml);
      assert.ok(
        errors.some((error) => error.startsWith(path)),
        errors.join('\n'),
      );
    },
  );
});

suite('dvc-like schema --params puts together what the modules say', (test) => {
  test("for the study, as it is committed, and the study's params are right by it", () =>
    withStudy({}, async (p) => {
      const { stdout, stderr } = await p.run('schema', '--params');
      assert.is(stderr, '');
      assertUpToDate(PARAMS, stdout);
      assert.equal(errorsOf(schemaIn(PARAMS), read('config.yaml')), []);
    }));

  table(
    test,
    [
      { name: 'a wrong type', from: 'coverage: 0.9', to: 'coverage: high', path: '/labels/coverage ' },
      {
        name: 'a wrong choice',
        from: 'unicode_form: NFC',
        to: 'unicode_form: nfc',
        path: '/clean/unicode_form ',
      },
      {
        name: 'a key that the module does not know',
        from: '  min_df: 2',
        to: '  min_dff: 2',
        path: '/featurize/blocks/0 ',
      },
      { name: 'a key that is gone', from: '  seed: 1\n', to: '\n', path: '/collect ' },
    ],
    ({ from, to, path }) => {
      const config = read('config.yaml');
      assert.ok(config.includes(from));
      const errors = errorsOf(schemaIn(PARAMS), config.replace(from, to));
      assert.ok(
        errors.some((error) => error.startsWith(path)),
        errors.join('\n'),
      );
    },
  );

  test('and says what is wrong with a module instead', () =>
    withProject(
      { 'dvc-like.yaml': 'stages: {a: {module: a.ts}}', 'a.ts': 'export const params = 1;' },
      async (p) => {
        const { stdout, stderr, exitCode } = await p.run('schema', '--params');
        assert.is(stdout, '');
        assert.match(stderr, 'error[E_MODULE_NO_RUN]');
        assert.is(exitCode, 2);
      },
    ));
});

suite('editors find the schemas', (test) => {
  table(
    test,
    [
      { name: 'of dvc-like.yaml', file: 'dvc-like.yaml', schema: MANIFEST },
      { name: 'of config.yaml', file: 'config.yaml', schema: PARAMS },
    ],
    ({ file, schema }) => {
      assert.is(read(file).split('\n')[0], `# yaml-language-server: $schema=${schema}`);
    },
  );
});

interface Schema {
  readonly $ref?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly definitions?: Readonly<Record<string, Schema>>;
}

/** Names of properties that an editor has nothing to say about. */
function* undescribed(root: Schema): Generator<string> {
  const visit = function* (value: unknown, path: string): Generator<string> {
    if (typeof value !== 'object' || value === null) return;
    for (const [name, property] of Object.entries((value as Schema).properties ?? {})) {
      const definition = root.definitions?.[property.$ref?.split('/').at(-1) ?? ''];
      if ((definition ?? property).description === undefined) yield `${path}.${name}`;
    }
    for (const [key, child] of Object.entries(value)) yield* visit(child, `${path}.${key}`);
  };
  yield* visit(root, '');
}

import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import * as assert from 'uvu/assert';
import { suite, table } from '../../support/suite.ts';
import { countingReads, type ModulesProject, withModules } from './with-modules.ts';

/** One of everything that a module can depend on. */
const PROJECT = {
  'package.json': '{"type": "module", "sideEffects": false}',
  'stage.ts': `
    import { parse } from 'parser';
    import { StageFailure, type StageContext } from 'dvc-like/stage';
    import { half } from './lib/index.ts';
    import type { Shape } from './lib/shape.ts';
    import table from './lib/table.json';
    // what it does
    export const params = { type: 'object' } as const;
    export default async function run({ outs }: StageContext): Promise<void> {
      const shape: Shape = { size: half(4) };
      new Worker(new URL('./work/worker.ts', import.meta.url));
      const words = new URL('./work/words.txt', import.meta.url);
      if (words === undefined) throw new StageFailure('none');
      console.log(parse(outs[0]), shape, table.a);
    }`,
  'lib/index.ts': `export { half } from './half.ts'; export { other } from './other.ts'; export * from './busy.ts';`,
  'lib/half.ts': `
    import { unused } from 'unused-package';
    const TWO = 2;
    const CACHE = new Map();
    export const half = (x: number) => x / TWO;
    export function notUsed() { return unused(CACHE, 'a'); }
    export class AlsoNotUsed { static readonly names = ['a']; }`,
  'lib/other.ts': `export function other() { return new URL('./other.txt', import.meta.url); }`,
  'lib/other.txt': 'other',
  'lib/busy.ts': `export const busy = new Float64Array([1, 2]).map(Math.sqrt);`,
  'lib/shape.ts': `export interface Shape { readonly size: number }`,
  'lib/table.json': '{"a": 1}',
  'work/worker.ts': `
    import { deep } from './deep.ts';
    new Worker(new URL('./inner.js', import.meta.url));
    console.log(deep);`,
  'work/deep.ts': `export const deep = 1; export const shallow = 2;`,
  'work/inner.ts': `import { load } from 'worker-package'; load(new URL('./data.bin', import.meta.url));`,
  'work/data.bin': 'data',
  'work/words.txt': 'words',
  'work/not-named.txt': 'not named',
  'node_modules/parser/package.json': '{"name": "parser", "version": "1.0.0", "main": "index.js"}',
  'node_modules/parser/index.js': 'exports.parse = (text) => text;',
  'node_modules/unused-package/package.json': '{"name": "unused-package", "version": "1.0.0"}',
  'node_modules/worker-package/package.json': '{"name": "worker-package", "version": "1.0.0"}',
};

const replace =
  (path: keyof typeof PROJECT, from: string, to: string) =>
  async (p: ModulesProject): Promise<void> => {
    assert.ok(PROJECT[path].includes(from), `${path} has no ${from}`);
    await p.write({ [path]: PROJECT[path].replace(from, to) });
  };

suite('the fingerprint of a module does not change with', (test) => {
  table(
    test,
    [
      { name: 'a comment', edit: replace('stage.ts', '// what it does', '// what it really does\n\n') },
      {
        name: 'a comment in an imported file',
        edit: replace('lib/half.ts', 'const TWO', '/* 2 */ const TWO'),
      },
      { name: 'a type', edit: replace('stage.ts', ': Promise<void>', '') },
      { name: 'a file of types', edit: replace('lib/shape.ts', 'size: number', 'size: number | string') },
      { name: 'white space', edit: replace('lib/half.ts', 'x / TWO', 'x   /\n TWO') },
      { name: 'an unused function', edit: replace('lib/half.ts', "'a')", "'b')") },
      { name: 'an unused class', edit: replace('lib/half.ts', "names = ['a']", "names = ['b']") },
      {
        name: 'an unused export of a worker’s import',
        edit: replace('work/deep.ts', 'shallow = 2', 'shallow = 3'),
      },
      { name: 'an unused file without side effects', edit: replace('lib/busy.ts', '[1, 2]', '[3]') },
      { name: 'an asset that only unused code names', edit: replace('lib/other.txt', 'other', 'others') },
      { name: 'a file that is not named', edit: replace('work/not-named.txt', 'not', 'NOT') },
      {
        name: 'an unused function named as a used one elsewhere, and an unused import',
        edit: replace(
          'lib/other.ts',
          'export function other()',
          `import { StageFailure } from 'dvc-like/stage'; import { parse } from 'parser';
           export const half = () => parse(StageFailure); export function other()`,
        ),
      },
      {
        name: 'the version of a package that only unused code imports',
        edit: replace('node_modules/unused-package/package.json', '1.0.0', '2.0.0'),
      },
      {
        name: 'a package’s other fields',
        edit: replace('node_modules/parser/package.json', '"main"', '"x": 1, "main"'),
      },
      {
        name: 'a tsconfig.json',
        edit: (p: ModulesProject) =>
          p.write({
            'tsconfig.json': '{"compilerOptions": {"target": "es5", "useDefineForClassFields": false}}',
          }),
      },
      {
        name: 'a package.json that changes nothing',
        edit: replace('package.json', '"module"', '"module", "version": "2"'),
      },
    ],
    ({ edit }) =>
      withModules(PROJECT, async (p) => {
        const before = await p.code();
        await edit(p);
        assert.is(await p.code(), before);
      }),
  );
});

suite('the fingerprint of a module changes with', (test) => {
  table(
    test,
    [
      { name: 'its own code', edit: replace('stage.ts', 'half(4)', 'half(5)') },
      {
        name: 'its params schema',
        edit: replace('stage.ts', "{ type: 'object' }", "{ type: 'object', required: ['a'] }"),
      },
      { name: 'a used function', edit: replace('lib/half.ts', 'x / TWO', 'x * TWO') },
      { name: 'a constant that a used function uses', edit: replace('lib/half.ts', 'TWO = 2', 'TWO = 3') },
      { name: 'imported JSON', edit: replace('lib/table.json', '1', '2') },
      { name: 'a worker module', edit: replace('work/worker.ts', 'console.log(deep)', 'console.log(-deep)') },
      { name: 'what a worker module imports', edit: replace('work/deep.ts', 'deep = 1', 'deep = 2') },
      {
        name: 'a worker’s worker',
        edit: replace('work/inner.ts', "new URL('./data.bin', import.meta.url)", '1'),
      },
      { name: 'a data asset', edit: replace('work/words.txt', 'words', 'other words') },
      { name: 'a data asset of a worker’s worker', edit: replace('work/data.bin', 'data', 'other') },
      {
        name: 'the version of a package',
        edit: replace('node_modules/parser/package.json', '1.0.0', '1.0.1'),
      },
      {
        name: 'the version of a worker’s package',
        edit: replace('node_modules/worker-package/package.json', '1.0.0', '1.0.1'),
      },
      {
        name: 'a nearer package of the same name',
        edit: (p: ModulesProject) =>
          p.write({ 'work/node_modules/worker-package/package.json': '{"version": "3.0.0"}' }),
      },
      {
        name: 'an effect at import of an unused file, where the package does not exclude it',
        edit: replace('package.json', ', "sideEffects": false', ''),
      },
    ],
    ({ edit }) =>
      withModules(PROJECT, async (p) => {
        const before = await p.code();
        await edit(p);
        assert.is.not(await p.code(), before);
      }),
  );
});

suite('the fingerprint of a module depends on nothing else:', (test) => {
  test('not on where the project lies', () =>
    withModules(PROJECT, (one) =>
      withModules(PROJECT, async (other) => {
        assert.is(await one.code(), await other.code());
      }),
    ));

  test('not on what was fingerprinted with it, nor in which order', () =>
    withModules(
      { ...PROJECT, 'a.ts': `import './stage.ts'; export default () => import('./lib/half.ts');` },
      async (p) => {
        const alone = await p.code();
        const codes = async (modules: readonly string[]): Promise<unknown> => {
          await p.remove('.dvc-like');
          const found = await p.modules().fingerprint(modules);
          return ['a.ts', 'stage.ts', 'work/worker.ts'].map((module) => {
            const code = found.get(module);
            return code?.ok === true ? code.value.code : code?.error.map((diagnostic) => diagnostic.code);
          });
        };
        const one = await codes(['a.ts', 'stage.ts', 'work/worker.ts']);
        assert.equal(await codes(['work/worker.ts', 'stage.ts', 'a.ts']), one);
        assert.is((one as readonly string[])[1], alone);
      },
    ));

  test('not on what is remembered', () =>
    withModules(PROJECT, async (p) => {
      const fresh = await p.code();
      await setTimeout(50);
      assert.is(await p.code(), fresh);
      assert.is(await p.code(), fresh);
    }));

  test('not on a link in the way to the root', () =>
    withModules(PROJECT, (p) =>
      withModules({}, async (other) => {
        await symlink(p.root, join(other.root, 'link'));
        const { createModules } = await import('../../../engine/modules/index.ts');
        const { nodeFileSystem } = await import('../../../cache/index.ts');
        const modules = createModules({
          root: join(other.root, 'link'),
          stateDirectory: other.state,
          fs: nodeFileSystem,
        });
        const code = (await modules.fingerprint(['stage.ts'])).get('stage.ts')!;
        assert.is(code.ok && code.value.code, await p.code());
      }),
    ));
});

suite('a fingerprint is remembered', (test) => {
  test('and what was read need not be read again', () =>
    withModules(PROJECT, async (p) => {
      await setTimeout(50);
      await p.code();
      const { fs, reads } = countingReads();
      await p.modules(fs).fingerprint(['stage.ts']);
      assert.equal(reads(), [`${p.state}/modules.json`]);
    }));

  test('but not while its inputs are so young that a change could leave their states alone', () =>
    withModules(PROJECT, async (p) => {
      await p.write({ 'lib/half.ts': PROJECT['lib/half.ts'] });
      await p.code();
      const { fs, reads } = countingReads();
      await p.modules(fs).fingerprint(['stage.ts']);
      assert.ok(reads().length > 1);
    }));

  test('until a file appears that is found before the one that was taken', () =>
    withModules(
      { 'stage.ts': `import { a } from './a'; export default () => a;`, 'a.js': 'export const a = 1' },
      async (p) => {
        await setTimeout(50);
        const before = await p.code();
        await p.write({ 'a.ts': 'export const a = 2' });
        assert.is.not(await p.code(), before);
      },
    ));

  test('not where it takes whatever is in a directory', () =>
    withModules(
      {
        'stage.ts': 'export default (x) => import(`./data/${x}.ts`);',
        'data/a.ts': 'export const a = 1',
      },
      async (p) => {
        await setTimeout(50);
        const before = await p.code();
        await p.write({ 'data/b.ts': 'export const b = 2' });
        assert.is.not(await p.code(), before);
      },
    ));

  test('with inputs that name everything that it came from', () =>
    withModules(PROJECT, async (p) => {
      const { inputs } = await p.moduleCode();
      const named = inputs
        .filter((path) => path.startsWith(p.root))
        .map((path) => path.slice(p.root.length + 1));
      for (const path of Object.keys(PROJECT)) {
        // Types are erased before anything is looked up; an asset that nothing names is none.
        const isNamed = ![
          'lib/shape.ts',
          'lib/other.txt',
          'work/not-named.txt',
          'node_modules/parser/index.js',
        ].includes(path);
        assert.is(named.includes(path), isNamed, path);
      }
      assert.equal(inputs, [...inputs].sort());
    }));
});

suite('13 modules are fingerprinted at once', (test) => {
  test('without loading the bundler when nothing changed', () => {
    const names = Array.from({ length: 13 }, (_, i) => `stage-${i}.ts`);
    const files = Object.fromEntries(
      names.map((name, i) => [name, PROJECT['stage.ts'].replace('half(4)', `half(${i})`)]),
    );
    return withModules({ ...PROJECT, ...files }, async (p) => {
      await setTimeout(50);
      const first = await p.modules().fingerprint(names);
      const codes = [...first.values()].map((code) => (code.ok ? code.value.code : ''));
      assert.is(new Set(codes).size, 13);
      assert.equal(await p.modules().fingerprint(names), first);
    });
  });
});

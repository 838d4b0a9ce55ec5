import { cp, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as assert from 'uvu/assert';
import { withProject } from '../support/project.ts';
import { suite, table } from '../support/suite.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

const BORDERS: readonly { readonly name: string; readonly files: Readonly<Record<string, string>> }[] = [
  {
    name: 'no-cycles',
    files: { 'cache/core/a.ts': `import './b.ts'`, 'cache/core/b.ts': `import './a.ts'` },
  },
  { name: 'no-unresolvable', files: { 'cache/core/c.ts': `import './gone.ts'` } },
  { name: 'no-undeclared-packages', files: { 'cache/core/d.ts': `import 'kleur'` } },
  { name: 'no-tools-in-the-product', files: { 'cache/core/e.ts': `import 'uvu'` } },
  { name: 'cache-imports-only-cache', files: { 'cache/core/f.ts': `import '../../engine/core/index.ts'` } },
  { name: 'cache-index-is-imported-by-nobody-inside', files: { 'cache/core/g.ts': `import '../index.ts'` } },
  {
    name: 'cache-core-imports-only-what-stands-before-it',
    files: { 'cache/core/h.ts': `import '../hash/index.ts'` },
  },
  { name: 'cache-folders-are-entered-by-their-index', files: { 'cache/hash/i.ts': `import '../core/e.ts'` } },
  {
    name: 'cache-has-only-the-folders-of-the-design',
    files: { 'cache/utils/j.ts': `import '../core/index.ts'` },
  },
  { name: 'engine-imports-only-cache', files: { 'engine/core/k.ts': `import '../../stages/io/index.ts'` } },
  {
    name: 'cache-is-entered-by-its-index',
    files: { 'engine/core/l.ts': `import '../../cache/core/index.ts'` },
  },
  {
    name: 'engine-plan-imports-only-what-stands-before-it',
    files: { 'engine/plan/m.ts': `import '../run/index.ts'` },
  },
  {
    name: 'engine-folders-are-entered-by-their-index',
    files: { 'engine/run/n.ts': `import '../core/k.ts'` },
  },
  {
    name: 'engine-has-only-the-folders-of-the-design',
    files: { 'engine/utils/o.ts': `import '../core/index.ts'` },
  },
  {
    name: 'stages-see-one-door-of-the-engine',
    files: { 'stages/a/p.ts': `import '../../engine/core/index.ts'` },
  },
  { name: 'stages-never-import-each-other', files: { 'stages/a/q.ts': `import '../b/index.ts'` } },
  { name: 'learn-is-numerics-only', files: { 'stages/learn/text/r.ts': `import 'node:fs'` } },
  {
    name: 'learn-is-entered-by-its-subfolders-index',
    files: { 'stages/learn/text/s.ts': `import '../linear/inner.ts'` },
  },
  { name: 'io-imports-learn-only', files: { 'stages/io/t.ts': `import '../b/index.ts'` } },
  { name: 'examples-stand-alone', files: { 'examples/x/u.ts': `import '../../stages/io/index.ts'` } },
  { name: 'nothing-imports-tests', files: { 'bench/v.ts': `import '../test/index.ts'` } },
];

/** What may be imported: nothing of these is reported. */
const ALLOWED = {
  'cache/index.ts': `export * from './core/index.ts'`,
  'cache/core/index.ts': '',
  'cache/hash/index.ts': `import '../core/index.ts'; import 'yaml'; import 'node:fs'`,
  'engine/core/index.ts': `import '../../cache/index.ts'`,
  'engine/stage/index.ts': '',
  'engine/run/index.ts': `import '../core/index.ts'; import '../stage/index.ts'`,
  'stages/learn/linear/index.ts': `import './inner.ts'`,
  'stages/learn/linear/inner.ts': '',
  'stages/learn/text/index.ts': `import '../linear/index.ts'`,
  'stages/io/index.ts': `import '../learn/linear/index.ts'; import 'dvc-like/stage'`,
  'stages/b/index.ts': `import 'dvc-like/stage'; import '../io/index.ts'; import '../learn/text/index.ts'`,
  'examples/x/stage.ts': `import 'dvc-like/stage'`,
  'test/index.ts': `import '../cache/hash/index.ts'; import 'uvu'; import '../engine/run/index.ts'`,
};

suite('dependency-cruiser guards every border of the design', (test) => {
  const reported = violations();
  table(test, BORDERS, async ({ name, files }) => {
    const sources = (await reported).filter(({ rule }) => rule === name).map(({ from }) => from);
    assert.ok(
      sources.some((source) => source in files),
      `${name}: ${sources.join(' ')}`,
    );
  });

  test('and lets pass what the design allows', async () => {
    const wrong = (await reported).filter(({ from }) => from in ALLOWED);
    assert.equal(wrong, []);
  });
});

interface Violation {
  readonly rule: string;
  readonly from: string;
}

function violations(): Promise<readonly Violation[]> {
  const files = Object.assign({}, ALLOWED, ...BORDERS.map((border) => border.files)) as Record<
    string,
    string
  >;
  return withProject(files, async (p) => {
    for (const name of ['.dependency-cruiser.mjs', 'package.json', 'tsconfig.json']) {
      await cp(join(ROOT, name), p.path(name));
    }
    await symlink(join(ROOT, 'node_modules'), p.path('node_modules'));
    const folders = ['cache', 'engine', 'stages', 'examples', 'test', 'bench'];
    const options = ['--config', '.dependency-cruiser.mjs', '--output-type', 'json'];
    const { stdout, stderr } = await p.exec('node_modules/.bin/depcruise', ...options, ...folders);
    if (stdout === '') throw new Error(stderr);
    const result = JSON.parse(stdout) as {
      readonly summary: {
        readonly violations: readonly { readonly rule: { readonly name: string }; readonly from: string }[];
      };
    };
    return result.summary.violations.map(({ rule, from }) => ({ rule: rule.name, from }));
  });
}

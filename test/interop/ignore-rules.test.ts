import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import * as assert from 'uvu/assert';
import { openIgnoreRules } from '../../engine/project/index.ts';
import { inDirectory, writeFiles } from '../cache/workspace.ts';
import { suite, unless } from '../support/suite.ts';

const PYTHON = process.env['DVC_LIKE_PYTHON'];
const DVC = PYTHON === undefined ? undefined : join(dirname(PYTHON), 'dvc');
const NO_DVC = unless(DVC !== undefined && existsSync(DVC), 'DVC_LIKE_PYTHON names no Python with DVC');
const FILTER = fileURLToPath(new URL('./ignore_filter.py', import.meta.url));

const NAMES = ['a', 'b', 'ab', 'a.x', 'b.x', '#c', '!d', 'a b', 'é', '[a]', 'build'];
const TREE = NAMES.flatMap((one) => [`${one}.f`, `${one}/a.x`, `${one}/b`, `${one}/ab/a`, `${one}/ab/b.x`]);
const DIRECTORIES = [...new Set(TREE.map(dirname))].filter((path) => path !== '.');

const segment = fc.oneof(
  fc.constantFrom(
    ...NAMES,
    '*',
    '**',
    '*.x',
    '?',
    '[ab]',
    '[!a]',
    'a*',
    '\\#c',
    '\\!d',
    '\\[a]',
    '*b',
    '[a-b]?',
    'a\\b',
  ),
);
const pattern = fc
  .tuple(
    fc.constantFrom('', '', '!', '/', '!/'),
    fc.array(segment, { minLength: 1, maxLength: 3 }),
    fc.constantFrom('', '/'),
  )
  .map(([before, segments, after]) => before + segments.join('/') + after);
const ignoreFile = fc.array(
  fc.oneof({ weight: 9, arbitrary: pattern }, { weight: 1, arbitrary: fc.constantFrom('', '# x') }),
  {
    maxLength: 5,
  },
);
const oneFile = fc.record({ '.dvcignore': ignoreFile });
const threeFiles = fc.record({
  '.dvcignore': ignoreFile,
  'a/.dvcignore': ignoreFile,
  'a/ab/.dvcignore': ignoreFile,
});

type Answers = readonly (readonly [isIgnored: boolean, rule: string | null])[];

/** What DVC and what we say of every path of each repository. */
function compare(
  repositories: readonly Readonly<Record<string, readonly string[]>>[],
  check: (theirs: Answers, ours: Answers, files: string) => void,
): void {
  inDirectory((top) => {
    const targets = [...TREE, ...DIRECTORIES];
    const roots = repositories.map((files, i) => {
      const root = join(top, String(i));
      mkdirSync(join(root, '.dvc'), { recursive: true });
      for (const path of TREE) writeFiles(root, { [path]: '' });
      for (const [path, lines] of Object.entries(files))
        writeFiles(root, { [path]: `${lines.join('\n')}\n` });
      return root;
    });
    const input = roots.map((root) => JSON.stringify({ root, targets })).join('\n');
    const { stdout, stderr } = spawnSync(PYTHON!, [FILTER], { input, encoding: 'utf8', maxBuffer: 2 ** 28 });
    const lines = stdout.trim().split('\n');
    assert.is(lines.length, repositories.length, stderr);
    for (const [i, root] of roots.entries()) {
      const rules = openIgnoreRules({ root, dialect: 'dvc' });
      const theirs = JSON.parse(lines[i]!) as Answers;
      const ours = targets.map((target) => {
        const path = join(root, target);
        const isDirectory = statSync(path).isDirectory();
        const found = rules.explain(path, isDirectory);
        assert.is(rules.isIgnored(path, isDirectory), found?.isIgnored ?? false);
        return [found?.isIgnored ?? false, found?.rule ?? null] as const;
      });
      check(theirs, ours, JSON.stringify(repositories[i]));
    }
  });
}

suite('ignore rules decide as DVC', { skip: NO_DVC, timeoutMs: 120_000 }, (test) => {
  test('and name the line that it names, for random files at the root', () => {
    compare(fc.sample(oneFile, { numRuns: 60, seed: 11 }), (theirs, ours, files) => {
      assert.equal(ours, theirs, files);
    });
  });

  test('for random files at three levels', () => {
    compare(fc.sample(threeFiles, { numRuns: 60, seed: 12 }), (theirs, ours, files) => {
      assert.equal(
        ours.map(([isIgnored]) => isIgnored),
        theirs.map(([isIgnored]) => isIgnored),
        files,
      );
    });
  });
});

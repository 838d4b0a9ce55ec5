import { cp, mkdir, readdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as assert from 'uvu/assert';
import { type Project, withProject } from '../support/project.ts';
import { suite } from '../support/suite.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** A small copy of this repository: the command line, a worker, a test. */
const SOURCES = {
  'package.json': '{ "name": "dvc-like", "type": "module" }',
  'package-lock.json': '{}',
  'tsconfig.json': '{}',
  'cache/index.ts': `export { answer } from './core/answer.ts';\n`,
  'cache/core/answer.ts': `export const answer: number = 42;\n`,
  'engine/cli/main.ts': `const { run } = await import('./run.ts');\nrun();\n`,
  'engine/cli/run.ts': `
    import { existsSync } from 'node:fs';
    import { answer } from '../../cache/index.ts';
    export function run(): void {
      console.log(answer, existsSync(new URL('../worker.ts', import.meta.url)), existsSync(new URL('../page.html', import.meta.url)));
    }`,
  'engine/worker.ts': `export const worker = true;\n`,
  'engine/page.html': '<p>',
  'test/answer.test.ts': `
    import { answer } from '../cache/index.ts';
    console.log(answer, new URL('../engine/worker.ts', import.meta.url).pathname, 'import "./left-alone.ts"');`,
};

suite('the build makes dist/ whole or not at all', (test) => {
  test('bundles the command line and keeps the tree of the sources', () =>
    withSources(async (p) => {
      await mustBuild(p);
      assert.is((await p.exec('dist/dvc-like.js')).stdout, '42 true true\n');
      const printed = (await p.exec('node', 'dist/test/answer.test.js')).stdout;
      assert.is(printed, `42 ${p.path('dist/engine/worker.js')} import "./left-alone.ts"\n`);
    }));

  test('does nothing where nothing has changed', () =>
    withSources(async (p) => {
      await mustBuild(p);
      await p.write({ 'dist/witness': '' });
      await mustBuild(p);
      assert.ok(await p.exists('dist/witness'));
      await p.write({ 'cache/core/answer.ts': `export const answer: number = 43;\n` });
      await mustBuild(p);
      assert.not(await p.exists('dist/witness'));
      assert.is((await p.exec('dist/dvc-like.js')).stdout, '43 true true\n');
    }));

  test('a deleted source leaves nothing behind', () =>
    withSources(async (p) => {
      await mustBuild(p);
      assert.ok(await p.exists('dist/test/answer.test.js'));
      await p.remove('test/answer.test.ts');
      await mustBuild(p);
      assert.not(await p.exists('dist/test/answer.test.js'));
    }));

  test('where a source is broken, what was there stays', () =>
    withSources(async (p) => {
      await mustBuild(p);
      await p.write({ 'cache/core/answer.ts': 'export const = 43;\n' });
      const { exitCode, stderr } = await p.exec('node', 'build.mjs');
      assert.is(exitCode, 1);
      assert.match(stderr, 'cache/core/answer.ts:1:13');
      assert.is((await p.exec('dist/dvc-like.js')).stdout, '42 true true\n');
      assert.equal(await workingDirectories(p), []);
    }));

  test('builds at once do not disturb each other', () =>
    withSources(async (p) => {
      await Promise.all(Array.from({ length: 4 }, () => mustBuild(p)));
      assert.is((await p.exec('dist/dvc-like.js')).stdout, '42 true true\n');
      assert.equal(await workingDirectories(p), []);
    }));
});

function withSources(body: (project: Project) => Promise<void>): Promise<void> {
  return withProject(SOURCES, async (p) => {
    await cp(join(ROOT, 'build.mjs'), p.path('build.mjs'));
    await symlink(join(ROOT, 'node_modules'), p.path('node_modules'));
    await mkdir(p.path('stages'));
    await body(p);
  });
}

async function mustBuild(p: Project): Promise<void> {
  const { exitCode, stdout, stderr } = await p.exec('node', 'build.mjs');
  assert.is(exitCode, 0, stdout + stderr);
}

/** What builds leave behind when they fail to tidy up. */
async function workingDirectories(p: Project): Promise<readonly string[]> {
  return (await readdir(p.root)).filter((name) => name.startsWith('dist.'));
}

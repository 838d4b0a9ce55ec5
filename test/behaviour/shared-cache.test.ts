import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as assert from 'uvu/assert';
import { filesOf } from '../support/files-of.ts';
import { type Project, withProject } from '../support/project.ts';
import { suite } from '../support/suite.ts';

const CLI = fileURLToPath(new URL('../../dvc-like.js', import.meta.url));
const FILES = {
  'dvc-like.yaml':
    'stages:\n  copy:\n    cmd: mkdir -p d && cat a > b && cat a > d/c\n    deps: [a]\n    outs: [b, d]\n',
  a: 'one',
};

/** The modes of what stands under a directory, directories apart from the files by what they are under. */
function modesIn(p: Project, directory: string): Readonly<Record<string, readonly string[]>> {
  const modes = { directories: new Set<string>(), objects: new Set<string>(), runs: new Set<string>() };
  const modeOf = (path: string): string => (lstatSync(path).mode & 0o7777).toString(8);
  const root = p.path(directory);
  for (const path of Object.keys(filesOf(root))) {
    modes[path.startsWith('runs/') ? 'runs' : 'objects'].add(modeOf(join(root, path)));
    for (let at = join(root, path, '..'); at.startsWith(root); at = join(at, '..'))
      modes.directories.add(modeOf(at));
  }
  return Object.fromEntries(Object.entries(modes).map(([kind, each]) => [kind, [...each].sort()]));
}

const SHARED = { directories: ['2775'], objects: ['444'], runs: ['664'] };
const CACHE = '.dvc-like/cache';

suite('a cache that is shared with a group', (test) => {
  test("has DVC's modes, whoever's umask made it", () =>
    withProject({ ...FILES, '.dvc-like/config': '[cache]\n    shared = group\n' }, async (p) => {
      assert.is((await p.exec('sh', '-c', 'umask 077; "$0" "$1" repro', process.execPath, CLI)).exitCode, 0);
      assert.equal(modesIn(p, CACHE), SHARED);
    }));

  test('has them too where objects come from a remote', () =>
    withProject({ ...FILES, '.dvc-like/config': '[cache]\n    shared = group\n' }, async (p) => {
      await p.run('remote', 'add', '-d', 'store', '../store');
      await p.run('repro');
      await p.run('push');
      await p.remove(`${CACHE}/files`);
      assert.is((await p.run('fetch')).exitCode, 0);
      assert.equal(modesIn(p, CACHE), SHARED);
    }));

  test('leaves the workspace, and a cache that is not shared, to the umask', () =>
    withProject(FILES, async (p) => {
      await p.run('repro');
      assert.not.equal(modesIn(p, CACHE)['directories'], ['2775']);
      await p.run('config', 'cache.shared', 'group');
      await p.remove('d');
      await p.run('checkout');
      assert.is.not(lstatSync(p.path('d')).mode & 0o7777, 0o2775);
    }));
});

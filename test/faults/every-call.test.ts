import { rmSync } from 'node:fs';
import * as assert from 'uvu/assert';
import { type FileSystem, nodeFileSystem } from '../../cache/index.ts';
import { dyingFileSystem, Killed } from '../support/faulty-file-system.ts';
import { type Files, type Project, withProject } from '../support/project.ts';
import { note, suite } from '../support/suite.ts';
import { reproInProcess } from './in-process.ts';
import { checkLockedObjects, checkObjects, tracesOf } from './invariants.ts';

const FILES: Files = {
  'dvc-like.yaml': `stages:
  file:
    cmd: cat a > b
    deps: [a]
    outs: [b]
  tree:
    cmd: mkdir -p t/u; cp b t/x; echo y > t/u/y
    deps: [b]
    outs: [t]
  last:
    cmd: cat t/x t/u/y > c
    deps: [t]
    outs: [c]
`,
  a: '1',
};

/** The calls that leave a trace: after any other one a kill finds the same. */
const CHANGING: ReadonlySet<keyof FileSystem> = new Set([
  'createFile',
  'appendFile',
  'copyFile',
  'rename',
  'remove',
  'makeDirectory',
  'chmod',
  'sync',
]);

suite('an engine that dies at any call leaves what the next run can take up', {
  timeoutMs: 300_000,
}, (test) => {
  test('as it makes everything for the first time', () =>
    diesEverywhere(async (p) => {
      rmSync(p.path('.dvc-like'), { recursive: true, force: true });
      for (const out of ['b', 't', 'c', 'dvc-like.lock']) await p.remove(out);
    }));

  test('as it brings everything back', () =>
    diesEverywhere(async (p) => {
      for (const out of ['b', 't', 'c', 'dvc-like.lock']) await p.remove(out);
      await p.remove('.dvc-like/tmp');
    }));
});

/** @param reset Brings about the state in which the run begins, after one that has ended well. */
async function diesEverywhere(reset: (project: Project) => Promise<void>): Promise<void> {
  await withProject(FILES, async (p) => {
    await reproInProcess(p.root);
    const undisturbed = tracesOf(p.root);
    let last = 0;
    for (let hasDied = true; hasDied; last++) {
      await reset(p);
      hasDied = await diesAt(p.root, last);
      checkObjects(p.root);
      checkLockedObjects(p.root);
      await reproInProcess(p.root);
      assert.equal(tracesOf(p.root), undisturbed, `after a death at call ${last}`);
    }
    note(`${last - 1} deaths`);
  });
}

/** Runs with an engine that dies at its changing call of this number. @returns Whether it came to that. */
async function diesAt(root: string, last: number): Promise<boolean> {
  let count = 0;
  const dying = dyingFileSystem(nodeFileSystem, 0);
  const choose = (name: keyof FileSystem): FileSystem => {
    if (CHANGING.has(name)) count += 1;
    return count > last ? dying : nodeFileSystem;
  };
  const names = Object.keys(nodeFileSystem) as (keyof FileSystem)[];
  const entries = names.map((name) => [
    name,
    (...args: readonly unknown[]) =>
      (choose(name)[name] as (...args: readonly unknown[]) => unknown)(...args),
  ]);
  try {
    await reproInProcess(root, Object.fromEntries(entries) as FileSystem);
    return false;
  } catch (error) {
    assert.instance(error, Killed);
    return true;
  }
}

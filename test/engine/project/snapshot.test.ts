import { symlinkSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { nodeFileSystem } from '../../../cache/index.ts';
import {
  dropSnapshot,
  readSnapshot,
  type SnapshotKey,
  writeSnapshot,
} from '../../../engine/project/index.ts';
import { inDirectory, readFiles, writeFiles } from '../../cache/workspace.ts';
import { suite, table } from '../../support/suite.ts';

const KEY: SnapshotKey = { version: '1', surroundings: ['/etc'], cwd: '/p', args: ['repro'] };
const LATER_NS = 60_000_000_000n;

/** A state directory and a root with some files in it, which are a minute old. */
function withState(body: (state: string, root: string, nowNs: bigint) => void): void {
  inDirectory((top) => {
    writeFiles(top, { 'state/other': '', 'root/a': 'a', 'root/d/b': 'b' });
    body(join(top, 'state'), join(top, 'root'), nodeFileSystem.clockNs() + LATER_NS);
  });
}

suite('a snapshot answers for the same question while every stat is the same', (test) => {
  test('and tells what was printed then, line breaks and all', () => {
    withState((state, root, now) => {
      writeSnapshot(nodeFileSystem, state, root, KEY, 'up to\ndate\n', ['a', 'd', 'absent', '/', 'a/b'], now);
      assert.is(readSnapshot(state, root, KEY), 'up to\ndate\n');
    });
  });

  table(
    test,
    [
      { name: 'another version', key: { ...KEY, version: '2' } },
      { name: 'other surroundings', key: { ...KEY, surroundings: ['/opt'] } },
      { name: 'another working directory', key: { ...KEY, cwd: '/p/sub' } },
      { name: 'another argument', key: { ...KEY, args: ['repro', '-v'] } },
      { name: 'the same words otherwise divided', key: { ...KEY, args: ['repro,-v'] } },
    ],
    ({ key }) => {
      withState((state, root, now) => {
        writeSnapshot(nodeFileSystem, state, root, KEY, '', ['a'], now);
        assert.is(readSnapshot(state, root, key), undefined);
      });
    },
  );

  table(
    test,
    [
      { name: 'a file that changes', change: (root: string) => writeFiles(root, { a: 'b' }) },
      { name: 'a file in a directory', change: (root: string) => writeFiles(root, { 'd/c': '' }) },
      { name: 'a file that appears', change: (root: string) => writeFiles(root, { absent: '' }) },
      { name: 'a file that goes', change: (root: string) => unlinkSync(join(root, 'a')) },
      {
        name: 'a link that leads elsewhere',
        change: (root: string) => {
          unlinkSync(join(root, 'link'));
          symlinkSync('d/b', join(root, 'link'));
        },
      },
      { name: 'what a link leads to', change: (root: string) => writeFiles(root, { 'd/b': 'new' }) },
    ],
    ({ change }) => {
      withState((state, root, now) => {
        symlinkSync('hop', join(root, 'link'));
        symlinkSync('d/b', join(root, 'hop'));
        writeSnapshot(nodeFileSystem, state, root, KEY, '', ['a', 'd', 'absent', 'link'], now);
        assert.is(readSnapshot(state, root, KEY), '');
        change(root);
        assert.is(readSnapshot(state, root, KEY), undefined);
      });
    },
  );

  test('not after it was dropped, nor where there never was one', () => {
    withState((state, root, now) => {
      assert.is(readSnapshot(state, root, KEY), undefined);
      writeSnapshot(nodeFileSystem, state, root, KEY, '', ['a'], now);
      dropSnapshot(state);
      assert.is(readSnapshot(state, root, KEY), undefined);
      dropSnapshot(state);
    });
  });

  test('not when it was cut off', () => {
    withState((state, root, now) => {
      writeSnapshot(nodeFileSystem, state, root, KEY, '', ['a', 'd'], now);
      const text = readFiles(state)['snapshot']!;
      writeFiles(state, { snapshot: text.slice(0, text.lastIndexOf('\n')) });
      assert.is(readSnapshot(state, root, KEY), undefined);
    });
  });
});

suite('no snapshot is written that might hide a change', (test) => {
  table(
    test,
    [
      { name: 'a file is as young as the look at it', paths: ['a'], ageNs: 0n },
      { name: 'a file is younger than a tick of the clock', paths: ['a'], ageNs: 15_000_000n },
      { name: 'a file changed after the look at it', paths: ['a'], ageNs: -1_000_000_000n },
      { name: 'what a link leads to is young', paths: ['link'], ageNs: 0n },
      { name: 'a name does not fit into a line', paths: ['new\nline'], ageNs: LATER_NS },
    ],
    ({ paths, ageNs }) => {
      withState((state, root) => {
        symlinkSync('a', join(root, 'link'));
        const { ctimeNs } = nodeFileSystem.lstat(join(root, 'a'))!;
        writeSnapshot(nodeFileSystem, state, root, KEY, '', paths, ctimeNs + ageNs);
        assert.equal(Object.keys(readFiles(state)), ['other']);
      });
    },
  );
});

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import * as assert from 'uvu/assert';
import {
  ContentError,
  type ContentProblem,
  createHasher,
  type FileSystem,
  type IsIgnored,
  nodeFileSystem,
  openStatMemo,
} from '../../../cache/index.ts';
import { recordCalls } from '../../support/recording-file-system.ts';
import { suite, table } from '../../support/suite.ts';
import { inDirectory, writeFiles } from '../workspace.ts';

const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

function open(root: string, fs: FileSystem = nodeFileSystem, isIgnored: IsIgnored = () => false) {
  const memo = openStatMemo(fs, join(root, 'memo'));
  return { memo, hasher: createHasher({ fs, memo, isIgnored }) };
}

/** A clock an hour ahead: nothing is young. */
const aged = (fs: FileSystem): FileSystem => ({ ...fs, clockNs: () => fs.clockNs() + 3_600_000_000_000n });

suite('observe() tells what stands at a path', (test) => {
  test('nothing', () =>
    inDirectory((root) => {
      const { hasher } = open(root);
      symlinkSync('nothing', join(root, 'dangling'));
      assert.equal(hasher.observe(join(root, 'a')), { kind: 'missing' });
      assert.equal(hasher.observe(join(root, 'dangling')), { kind: 'missing' });
    }));

  test('a file, and whether it can be executed', () =>
    inDirectory((root) => {
      const { hasher } = open(root);
      writeFiles(root, { a: 'x' });
      const state = { kind: 'file', digest: md5('x'), sizeBytes: 1, isExecutable: false };
      assert.equal(hasher.observe(join(root, 'a')), state);
      chmodSync(join(root, 'a'), 0o654);
      assert.equal(hasher.observe(join(root, 'a')), { ...state, isExecutable: true });
    }));

  test('a tree, through a link too', () =>
    inDirectory((root) => {
      const { hasher } = open(root);
      writeFiles(root, { 'd/b': 'xy', 'd/a/c': 'z', 'd/a.b': '' });
      mkdirSync(join(root, 'd/empty'));
      symlinkSync('d', join(root, 'link'));
      const state = hasher.observe(join(root, 'd'));
      assert.ok(state.kind === 'tree');
      assert.equal(state.entries, [
        { path: 'a.b', digest: md5(''), sizeBytes: 0 },
        { path: 'a/c', digest: md5('z'), sizeBytes: 1 },
        { path: 'b', digest: md5('xy'), sizeBytes: 2 },
      ]);
      assert.is(state.fileCount, 3);
      assert.is(state.sizeBytes, 3);
      assert.is(
        state.digest,
        `${md5(`[{"md5": "${md5('')}", "relpath": "a.b"}, {"md5": "${md5('z')}", "relpath": "a/c"}, {"md5": "${md5('xy')}", "relpath": "b"}]`)}.dir`,
      );
      assert.equal(hasher.observe(join(root, 'link')), state);
    }));

  test('links inside a tree: to files they are followed, to directories they are not recorded', () =>
    inDirectory((root) => {
      const { hasher } = open(root);
      writeFiles(root, { 'd/a': 'x', 'other/b': 'y', file: 'z' });
      symlinkSync('../other', join(root, 'd/directory'));
      symlinkSync('../file', join(root, 'd/file'));
      const state = hasher.observe(join(root, 'd'));
      assert.ok(state.kind === 'tree');
      assert.equal(
        state.entries.map(({ path, digest }) => [path, digest]),
        [
          ['a', md5('x')],
          ['file', md5('z')],
        ],
      );
    }));

  test('without what is ignored, and what a killed process left', () =>
    inDirectory((root) => {
      const asked: string[] = [];
      const { hasher } = open(root, nodeFileSystem, (path, isDirectory) => {
        asked.push(`${basename(path)}${isDirectory ? '/' : ''}`);
        return /skip/.test(basename(path));
      });
      writeFiles(root, {
        'skip/a': 'x',
        'skip/skip.d/b': 'y',
        'skip/c.skip': 'z',
        'skip/.dvc-like-1-2.tmp': '',
      });
      const state = hasher.observe(join(root, 'skip'));
      assert.ok(state.kind === 'tree');
      assert.equal(
        state.entries.map(({ path }) => path),
        ['a'],
      );
      assert.equal(asked.sort(), ['a', 'c.skip', 'skip.d/']);
    }));
});

suite('observe() throws a ContentError where content cannot be told', (test) => {
  const cases: readonly {
    readonly name: string;
    readonly kind: ContentProblem;
    readonly make: (directory: string) => void;
  }[] = [
    {
      name: 'a dangling link in a tree',
      kind: 'broken-link',
      make: (d) => symlinkSync('nothing', join(d, 'link')),
    },
    {
      name: 'a pipe in a tree',
      kind: 'special-file',
      make: (d) => execFileSync('sh', ['-c', 'mkfifo "$0"', join(d, 'pipe')]),
    },
    {
      name: 'a name that is not UTF-8',
      kind: 'undecodable-name',
      make: (d) => writeFileSync(Buffer.concat([Buffer.from(`${d}/`), Buffer.from([0xff])]), ''),
    },
  ];
  table(test, cases, ({ kind, make }) =>
    inDirectory((root) => {
      const directory = join(root, 'd');
      mkdirSync(directory);
      make(directory);
      assert.throws(
        () => open(root).hasher.observe(directory),
        (error: unknown) =>
          error instanceof ContentError && error.kind === kind && error.path.startsWith(directory),
      );
    }),
  );

  test('a file that cannot be read, by its name', () =>
    inDirectory((root) => {
      writeFiles(root, { 'd/a': 'x', 'd/b': 'y' });
      const failing: FileSystem = {
        ...nodeFileSystem,
        hashFiles: (files) => {
          const { path } = files.find((file) => file.path.endsWith('b'))!;
          throw Object.assign(new Error('EACCES: permission denied'), { code: 'EACCES', path });
        },
      };
      assert.throws(
        () => open(root, failing).hasher.observe(join(root, 'd')),
        (error: unknown) =>
          error instanceof ContentError && error.kind === 'unreadable' && error.path === join(root, 'd/b'),
      );
    }));
});

suite('A hasher reads only what the memo does not know', (test) => {
  test('nothing the second time, the changed file the third', () =>
    inDirectory((root) => {
      const { fs, calls, clear } = recordCalls(aged(nodeFileSystem), root);
      writeFiles(root, { 'd/a': 'x', 'd/b': 'y', c: 'z' });
      const first = open(root, fs);
      const paths = ['d', 'c', 'd/a'].map((path) => join(root, path));
      const states = first.hasher.observeAll(paths);
      assert.equal([...states.keys()], paths);
      assert.equal(calls.toSorted(), ['hashFile c', 'hashFile d/a', 'hashFile d/b']);
      first.memo.save();
      clear();
      const second = open(root, fs);
      assert.equal(second.hasher.observeAll(paths), states);
      assert.equal(calls, []);
      writeFiles(root, { 'd/b': 'Y' });
      assert.is.not(second.hasher.observe(paths[0]!), states.get(paths[0]!));
      assert.equal(calls, ['hashFile d/b']);
    }));

  test('and a young file again, so that no change is missed', () =>
    inDirectory((root) => {
      const { hasher } = open(root);
      const path = join(root, 'a');
      for (const text of ['1', '2', '3', '4', '5']) {
        writeFileSync(path, text);
        const state = hasher.observe(path);
        assert.is(state.kind === 'file' && state.digest, md5(text));
      }
    }));

  test('also when the change is dated back', () =>
    inDirectory((root) => {
      const { hasher } = open(root, aged(nodeFileSystem));
      const path = join(root, 'a');
      const date = new Date(1_500_000_000_000);
      for (const text of ['1', '2']) {
        writeFileSync(path, text);
        utimesSync(path, date, date);
        // A tick passes: else not even the ctime could tell.
        nodeFileSystem.sleep(20);
        const state = hasher.observe(path);
        assert.is(state.kind === 'file' && state.digest, md5(text));
      }
    }));

  test('a large young file settles first, and is then known', () =>
    inDirectory((root) => {
      const { fs, calls, clear } = recordCalls(nodeFileSystem, root);
      const path = join(root, 'a');
      writeFileSync(path, Buffer.alloc(33 * 2 ** 20));
      const { hasher } = open(root, fs);
      hasher.observe(path);
      assert.equal(calls, ['hashFile a']);
      clear();
      hasher.observe(path);
      assert.equal(calls, []);
    }));
});

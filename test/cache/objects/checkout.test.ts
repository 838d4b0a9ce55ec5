import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, statSync, symlinkSync } from 'node:fs';
import { basename, join } from 'node:path';
import * as assert from 'uvu/assert';
import {
  asDigest,
  createHasher,
  type Digest,
  type FileSystem,
  nodeFileSystem,
  treeBytes,
  treeDigest,
} from '../../../cache/index.ts';
import { recordCalls } from '../../support/recording-file-system.ts';
import { suite, table } from '../../support/suite.ts';
import { corruptObject, inDirectory, openStore, readFiles, writeFiles } from '../workspace.ts';

const X = asDigest('9dd4e461268c8034f5c8564e155c67a6');
const PLAIN = { isExecutable: false };

/** A store that has the file `x` and the tree `d` of FILES, both no longer in the workspace. */
const FILES = { a: 'x', 'sub/b': 'y', 'sub/deep/c': 'z' };

function prepare(root: string, fs: FileSystem = nodeFileSystem) {
  const opened = openStore(root, fs);
  const hasher = createHasher({ fs, memo: opened.memo, isIgnored: () => false });
  const source = join(root, 'source');
  writeFiles(source, FILES);
  const state = hasher.observe(source);
  const result = opened.store.put(source, state);
  assert.ok(result.ok);
  return { ...opened, hasher, tree: result.value, state, target: join(root, 'work/d') };
}

suite('checkout() makes the target have the content', (test) => {
  test('a file: new, over another, over a directory, over a link', () =>
    inDirectory((root) => {
      const { store } = prepare(root);
      const work = join(root, 'work');
      writeFiles(work, { other: 'other', 'directory/inside': 'i', precious: 'p' });
      symlinkSync('precious', join(work, 'link'));
      for (const name of ['new/below', 'other', 'directory', 'link']) {
        const result = store.checkout(X, join(work, name), PLAIN);
        assert.equal(result, {
          ok: true,
          value: { kind: 'file', digest: X, sizeBytes: 1, isExecutable: false },
        });
      }
      assert.equal(readFiles(work), {
        'new/below': 'x',
        other: 'x',
        directory: 'x',
        link: 'x',
        precious: 'p',
      });
      assert.is(statSync(join(work, 'new/below')).mode & 0o777, 0o644);
    }));

  test('the execute bit, also of a file that is already there', () =>
    inDirectory((root) => {
      const { store, target } = prepare(root);
      const mode = () => statSync(target).mode & 0o777;
      assert.ok(store.checkout(X, target, { isExecutable: true }).ok);
      assert.is(mode(), 0o744);
      assert.ok(store.checkout(X, target, { isExecutable: true }).ok);
      assert.is(mode(), 0o744);
      assert.ok(store.checkout(X, target, PLAIN).ok);
      assert.is(mode(), 0o644);
    }));

  test('a tree where nothing was', () =>
    inDirectory((root) => {
      const { store, tree, state, target, hasher } = prepare(root);
      assert.equal(store.checkout(tree, target, PLAIN), { ok: true, value: state });
      assert.equal(readFiles(target), FILES);
      assert.equal(hasher.observe(target), state);
    }));

  test('a tree over a file', () =>
    inDirectory((root) => {
      const { store, tree, target } = prepare(root);
      writeFiles(root, { 'work/d': 'file' });
      assert.ok(store.checkout(tree, target, PLAIN).ok);
      assert.equal(readFiles(target), FILES);
    }));

  test('a tree over another: what is right stays, the rest is replaced or removed', () =>
    inDirectory((root) => {
      const { store, tree, target } = prepare(root);
      writeFiles(target, { a: 'x', 'sub/b': 'Y', 'sub/extra': 'e', 'gone/f': 'f', '.dvc-like-1-1.tmp': 't' });
      mkdirSync(join(target, 'empty'));
      mkdirSync(join(target, 'sub/deep/c'), { recursive: true });
      chmodSync(join(target, 'a'), 0o600);
      const { ino } = statSync(join(target, 'a'));
      assert.ok(store.checkout(tree, target, PLAIN).ok);
      assert.equal(readFiles(target), FILES);
      assert.is(statSync(join(target, 'a')).ino, ino);
    }));

  test('ignored files stay', () =>
    inDirectory((root) => {
      const { store, tree, target } = prepare(root);
      writeFiles(target, { 'keep.log': 'k', 'old/keep.log': 'k', 'old/more': 'm', 'logs/x': 'x' });
      const isIgnored = (path: string) => basename(path) === 'keep.log' || basename(path) === 'logs';
      assert.ok(store.checkout(tree, target, { ...PLAIN, isIgnored }).ok);
      assert.equal(readFiles(target), { ...FILES, 'keep.log': 'k', 'logs/x': 'x', 'old/keep.log': 'k' });
    }));
});

suite('checkout() of what is there already does nothing', (test) => {
  test('neither writing nor reading', () =>
    inDirectory((root) => {
      const { fs, calls, clear } = recordCalls(nodeFileSystem, root);
      const { store, tree, target } = prepare(root, fs);
      store.checkout(tree, target, PLAIN);
      // What was written a moment ago is read once more, then it is known.
      nodeFileSystem.sleep(50);
      store.checkout(tree, target, PLAIN);
      clear();
      assert.ok(store.checkout(tree, target, PLAIN).ok);
      assert.equal(calls, []);
    }));

  test('also right after a large one', () =>
    inDirectory((root) => {
      const { fs, calls, clear } = recordCalls(nodeFileSystem, root);
      const { store, hasher, memo } = prepare(root, fs);
      const source = join(root, 'large');
      writeFiles(root, { large: Buffer.alloc(33 * 2 ** 20) });
      const state = hasher.observe(source);
      assert.ok(state.kind === 'file' && store.put(source, state).ok);
      clear();
      const target = join(root, 'copy');
      assert.ok(store.checkout(state.digest, target, PLAIN).ok);
      memo.save();
      const later = openStore(root, fs);
      assert.equal(createHasher({ fs, memo: later.memo, isIgnored: () => false }).observe(target), state);
      assert.ok(later.store.checkout(state.digest, target, PLAIN).ok);
      assert.equal(
        calls.filter((call) => /^(hashFile|copyFile)/.test(call)),
        [
          `copyFile store/files/md5/${state.digest.slice(0, 2)}/${state.digest.slice(2)} TMP${calls.join().match(/TMP(\d+)/)![1]}/0`,
        ],
      );
    }));
});

suite('checkout() refuses', (test) => {
  test('what is not in the store, changing nothing', () =>
    inDirectory((root) => {
      const { store, tree, target, directory, corrupt } = prepare(root);
      writeFiles(target, { mine: 'm' });
      corruptObject(directory, X);
      assert.equal(store.checkout(tree, target, PLAIN), {
        ok: false,
        error: { kind: 'missing-object', digest: X },
      });
      assert.equal(corrupt, [X]);
      assert.equal(readFiles(target), { mine: 'm' });
      const unknown = asDigest(`${'0'.repeat(32)}.dir`);
      assert.equal(store.checkout(unknown, target, PLAIN), {
        ok: false,
        error: { kind: 'missing-object', digest: unknown },
      });
    }));
});

/** Puts a directory object into the store as a stranger would: named rightly, whatever it says. */
function plant(directory: string, bytes: Buffer): Digest {
  const digest = treeDigest(bytes);
  writeFiles(directory, { [join(digest.slice(0, 2), digest.slice(2))]: bytes });
  return digest;
}

suite('checkout() of a hostile tree writes nothing outside the target', (test) => {
  table(
    test,
    [
      { name: 'upward', path: '../escaped' },
      { name: 'upward inside', path: 'sub/../../escaped' },
      { name: 'absolute', path: '/tmp/dvc-like-escaped' },
      { name: 'itself', path: '.' },
      { name: 'nothing', path: '' },
      { name: 'a NUL', path: 'a\0b' },
    ],
    ({ path }) =>
      inDirectory((root) => {
        const { store, directory, target } = prepare(root);
        const digest = plant(directory, treeBytes([{ path, digest: X }]));
        writeFiles(target, { mine: 'm' });
        const result = store.checkout(digest, target, PLAIN);
        assert.ok(!result.ok && result.error.kind === 'bad-tree');
        assert.not(store.has(digest));
        assert.equal(readFiles(join(root, 'work')), { 'd/mine': 'm' });
        assert.not(nodeFileSystem.lstat('/tmp/dvc-like-escaped'));
      }),
  );

  test('not through a link in place of a directory, nor of the target', () =>
    inDirectory((root) => {
      const { store, tree, target } = prepare(root);
      writeFiles(root, { 'precious/b': 'p', 'precious/deep/c': 'p' });
      writeFiles(target, { a: 'x' });
      symlinkSync('../../precious', join(target, 'sub'));
      assert.ok(store.checkout(tree, target, PLAIN).ok);
      assert.equal(readFiles(target), FILES);
      symlinkSync('../precious', join(root, 'work/e'));
      assert.ok(store.checkout(tree, join(root, 'work/e'), PLAIN).ok);
      assert.equal(readFiles(join(root, 'work/e')), FILES);
      assert.equal(readFiles(join(root, 'precious')), { b: 'p', 'deep/c': 'p' });
    }));

  test('nor by removing through a link', () =>
    inDirectory((root) => {
      const { store, tree, target } = prepare(root);
      writeFiles(root, { 'precious/b': 'p' });
      mkdirSync(target, { recursive: true });
      symlinkSync('../../precious', join(target, 'extra'));
      assert.ok(store.checkout(tree, target, PLAIN).ok);
      assert.equal(readFiles(target), FILES);
      assert.equal(readFiles(join(root, 'precious')), { b: 'p' });
    }));
});

suite('The digests of this file', (test) => {
  test('are those of its texts', () => assert.is(createHash('md5').update('x').digest('hex'), X));
});

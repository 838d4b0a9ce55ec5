import { appendFileSync, lstatSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { asDigest, createHasher, type FileSystem, nodeFileSystem } from '../../../cache/index.ts';
import { recordCalls } from '../../support/recording-file-system.ts';
import { suite } from '../../support/suite.ts';
import { corruptObject, inDirectory, openStore, readFiles, writeFiles } from '../workspace.ts';

const X = asDigest('9dd4e461268c8034f5c8564e155c67a6');
const Y = asDigest('415290769594460e2e485922904f345d');

function open(root: string, fs: FileSystem = nodeFileSystem) {
  const opened = openStore(root, fs);
  const hasher = createHasher({ fs, memo: opened.memo, isIgnored: () => false });
  const put = (name: string) => {
    const path = join(root, name);
    return opened.store.put(path, hasher.observe(path));
  };
  return { ...opened, hasher, put };
}

suite('put() copies what was observed into the store', (test) => {
  test('a file, read-only, under its digest', () =>
    inDirectory((root) => {
      writeFiles(root, { a: 'x' });
      const { store, put, directory } = open(root);
      assert.not(store.has(X));
      assert.equal(put('a'), { ok: true, value: X });
      assert.equal(readFiles(directory), { [`9d/${X.slice(2)}`]: 'x' });
      assert.is(statSync(join(directory, `9d/${X.slice(2)}`)).mode & 0o777, 0o444);
      assert.ok(store.has(X));
      assert.equal(store.state(X), { kind: 'file', digest: X, sizeBytes: 1, isExecutable: false });
    }));

  test('a tree, members first', () =>
    inDirectory((root) => {
      writeFiles(root, { 'd/a': 'x', 'd/sub/b': 'y', 'd/c': 'x' });
      const { store, put, hasher, directory } = open(root);
      const state = hasher.observe(join(root, 'd'));
      const result = put('d');
      assert.ok(result.ok);
      assert.is(Object.keys(readFiles(directory)).length, 3);
      assert.ok(store.has(result.value));
      assert.equal(store.state(result.value), state);
      const tree = store.readTree(result.value);
      assert.ok(tree.ok);
      assert.equal(
        tree.value.map(({ path, digest }) => [path, digest]),
        [
          ['a', X],
          ['c', X],
          ['sub/b', Y],
        ],
      );
    }));

  test('what a link leads to', () =>
    inDirectory((root) => {
      writeFiles(root, { a: 'x' });
      symlinkSync('a', join(root, 'link'));
      const { store, put, directory } = open(root);
      assert.ok(put('link').ok);
      assert.ok(store.has(X));
      assert.ok(lstatSync(join(directory, `9d/${X.slice(2)}`)).isFile());
    }));

  test('an empty tree', () =>
    inDirectory((root) => {
      const { store, put } = open(root);
      nodeFileSystem.makeDirectory(join(root, 'd'));
      const result = put('d');
      assert.ok(result.ok && store.has(result.value));
    }));
});

suite('put() gives an object its name only when it is whole and on the device', (test) => {
  test('a file: copy, verify, read-only, sync, rename, sync the directories', () =>
    inDirectory((root) => {
      writeFiles(root, { a: 'x' });
      const { fs, calls, clear } = recordCalls(nodeFileSystem, root);
      const { put } = open(root, fs);
      put('a');
      const md5 = 'store/files/md5';
      const relevant = calls.filter((call) => !/^(hashFile a|remove|makeDirectory)/.test(call));
      assert.equal(relevant, [
        `copyFile a ${md5}/TMP1`,
        `hashFile ${md5}/TMP1`,
        `chmod ${md5}/TMP1 0444`,
        `sync ${md5}/TMP1`,
        `rename ${md5}/TMP1 ${md5}/9d/${X.slice(2)}`,
        `sync ${md5}/9d`,
        `sync ${md5}`,
      ]);
      clear();
      put('a');
      assert.equal(
        calls.filter((call) => !call.startsWith('hashFile')),
        [],
      );
    }));

  test('a tree: the directory object after its members are synced', () =>
    inDirectory((root) => {
      writeFiles(root, { 'd/a': 'x', 'd/b': 'y' });
      const { fs, calls } = recordCalls(nodeFileSystem, root);
      open(root, fs).put('d');
      const order = calls
        .filter((call) => /^(rename|sync|createFile) /.test(call))
        .map((call) => call.split(' ')[0]);
      assert.equal(order, [
        ...['sync', 'sync', 'rename', 'rename', 'sync', 'sync', 'sync'],
        ...['createFile', 'sync', 'rename', 'sync', 'sync'],
      ]);
      const treeRename = calls.findLastIndex((call) => call.startsWith('rename'));
      assert.match(calls[treeRename]!, /\.dir$/);
    }));

  test('many files: one sync for all before the first rename, one after the last', () =>
    inDirectory((root) => {
      writeFiles(root, Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`d/${i}`, `${i}`])));
      const { fs, calls } = recordCalls(nodeFileSystem, root);
      const { put, store } = open(root, fs);
      const result = put('d');
      assert.ok(result.ok && store.has(result.value));
      const order = calls.filter((call) => /^(rename|sync)/.test(call)).map((call) => call.split(' ')[0]);
      assert.equal(order, [
        'syncAll',
        ...Array<string>(40).fill('rename'),
        'syncAll',
        'sync',
        'rename',
        'sync',
        'sync',
      ]);
    }));

  test('many files where nothing syncs all: each of them', () =>
    inDirectory((root) => {
      writeFiles(root, Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`d/${i}`, `${i}`])));
      const { fs, calls } = recordCalls({ ...nodeFileSystem, syncAll: () => false }, root);
      open(root, fs).put('d');
      const beforeRename = calls.slice(
        0,
        calls.findIndex((call) => call.startsWith('rename')),
      );
      assert.is(beforeRename.filter((call) => /^sync .*TMP/.test(call)).length, 40);
    }));
});

suite('put() refuses', (test) => {
  test('a file that changed since it was observed, keeping nothing', () =>
    inDirectory((root) => {
      writeFiles(root, { 'd/a': 'x', 'd/b': 'y' });
      const { store, hasher, directory } = open(root);
      const state = hasher.observe(join(root, 'd'));
      writeFileSync(join(root, 'd/b'), 'x');
      assert.equal(store.put(join(root, 'd'), state), {
        ok: false,
        error: { kind: 'changed-meanwhile', path: join(root, 'd/b'), was: Y, is: X },
      });
      assert.equal(readFiles(directory), {});
    }));

  test('a file that vanished', () =>
    inDirectory((root) => {
      writeFiles(root, { a: 'x' });
      const { store, hasher, directory } = open(root);
      const state = hasher.observe(join(root, 'a'));
      nodeFileSystem.remove(join(root, 'a'));
      assert.equal(store.put(join(root, 'a'), state), {
        ok: false,
        error: { kind: 'missing-source', path: join(root, 'a') },
      });
      assert.equal(readFiles(directory), {});
    }));

  test('nothing at all', () =>
    inDirectory((root) => {
      assert.throws(() => open(root).store.put(join(root, 'a'), { kind: 'missing' }), RangeError);
    }));
});

suite('has() believes no object that it has not read', (test) => {
  test('a corrupt one is deleted, reported, and put again', () =>
    inDirectory((root) => {
      writeFiles(root, { a: 'x' });
      const { store, put, corrupt, directory } = open(root);
      put('a');
      corruptObject(directory, X);
      assert.not(store.has(X));
      assert.equal(corrupt, [X]);
      assert.not(nodeFileSystem.lstat(join(directory, `9d/${X.slice(2)}`)));
      assert.ok(put('a').ok);
      assert.ok(store.has(X));
    }));

  test('a tree with a corrupt or missing member is not there', () =>
    inDirectory((root) => {
      writeFiles(root, { 'd/a': 'x', 'd/b': 'y' });
      const { store, put, corrupt, directory } = open(root);
      const result = put('d');
      assert.ok(result.ok);
      corruptObject(directory, Y);
      assert.not(store.has(result.value));
      assert.equal(corrupt, [Y]);
      assert.equal(store.state(result.value), { kind: 'missing' });
      assert.ok(put('d').ok);
      assert.ok(store.has(result.value));
      corruptObject(directory, result.value);
      assert.not(store.has(result.value));
      assert.equal(corrupt, [Y, result.value]);
    }));

  test('of a tree that was long in the making no less', () =>
    inDirectory((root) => {
      writeFiles(root, { 'd/a': 'x' });
      let hours = 0n;
      // Each look at the clock is an hour later: everything is settled.
      const slow = {
        ...nodeFileSystem,
        clockNs: () => nodeFileSystem.clockNs() + ++hours * 3_600_000_000_000n,
      };
      const { store, put, corrupt } = open(root, slow);
      const result = put('d');
      assert.ok(result.ok && store.has(result.value));
      assert.equal(corrupt, []);
    }));

  test('one that grew is noticed though its mtime was set back', () =>
    inDirectory((root) => {
      writeFiles(root, { a: 'x' });
      const { store, put, directory } = open(root);
      put('a');
      const path = join(directory, `9d/${X.slice(2)}`);
      const { atime, mtime } = statSync(path);
      nodeFileSystem.chmod(path, 0o644);
      appendFileSync(path, 'x');
      utimesSync(path, atime, mtime);
      assert.not(store.has(X));
    }));

  test('and reads it once only', () =>
    inDirectory((root) => {
      writeFiles(root, { a: 'x'.repeat(33 * 2 ** 20) });
      const { fs, calls, clear } = recordCalls(nodeFileSystem, root);
      const { put, store, memo, hasher } = open(root, fs);
      const result = put('a');
      assert.ok(result.ok);
      clear();
      memo.save();
      const later = open(root, fs);
      assert.ok(store.has(result.value));
      assert.ok(later.store.has(result.value));
      hasher.observe(join(root, 'a'));
      later.put('a');
      assert.equal(
        calls.filter((call) => call.startsWith('hashFile')),
        [],
      );
    }));
});

suite('put() clears away what killed processes left', (test) => {
  test('after a day', () =>
    inDirectory((root) => {
      const { directory } = openStore(root);
      const tomorrow = { ...nodeFileSystem, clockNs: () => nodeFileSystem.clockNs() + 90_000_000_000_000n };
      writeFiles(root, { a: 'x', b: 'y' });
      writeFiles(directory, { '.dvc-like-1-2-3.tmp': 'half' });
      open(root).put('a');
      assert.ok('.dvc-like-1-2-3.tmp' in readFiles(directory));
      open(root, tomorrow).put('b');
      assert.not('.dvc-like-1-2-3.tmp' in readFiles(directory));
    }));
});

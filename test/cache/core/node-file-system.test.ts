import { createHash } from 'node:crypto';
import { symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as assert from 'uvu/assert';
import { nodeFileSystem as fs, isErrno, isTemporaryName } from '../../../cache/index.ts';
import { suite } from '../../support/suite.ts';
import { inDirectory, readFiles, writeFiles } from '../workspace.ts';

suite('nodeFileSystem tells what stands at a path', (test) => {
  test('and undefined where nothing does', () =>
    inDirectory((root) => {
      writeFiles(root, { a: 'x', 'd/b': 'y' });
      symlinkSync('a', join(root, 'link'));
      symlinkSync('nothing', join(root, 'dangling'));
      symlinkSync('loop', join(root, 'loop'));
      const kinds = (path: string) => [fs.lstat(join(root, path))?.kind, fs.stat(join(root, path))?.kind];
      assert.equal(kinds('a'), ['file', 'file']);
      assert.equal(kinds('d'), ['directory', 'directory']);
      assert.equal(kinds('link'), ['symlink', 'file']);
      assert.equal(kinds('dangling'), ['symlink', undefined]);
      assert.equal(kinds('loop'), ['symlink', undefined]);
      assert.equal(kinds('nothing'), [undefined, undefined]);
      assert.equal(kinds('a/below'), [undefined, undefined]);
      const names = fs.readDirectory(root).map(({ name, kind }) => `${name} ${kind}`);
      assert.equal(names.sort(), [
        'a file',
        'd directory',
        'dangling symlink',
        'link symlink',
        'loop symlink',
      ]);
    }));
});

suite('nodeFileSystem.remove() takes away what stands at a path', (test) => {
  test('a link, not what it leads to', () =>
    inDirectory((root) => {
      writeFiles(root, { 'd/a': 'x', 'e/f/g': 'y' });
      symlinkSync('d', join(root, 'link'));
      fs.remove(join(root, 'link'));
      fs.remove(join(root, 'e'));
      fs.remove(join(root, 'nothing'));
      fs.remove(join(root, 'd/a/below'));
      assert.equal(readFiles(root), { 'd/a': 'x' });
    }));
});

suite('nodeFileSystem.copyFile() and createFile() never overwrite', (test) => {
  test('what is there', () =>
    inDirectory((root) => {
      writeFiles(root, { a: 'x', b: 'y' });
      assert.throws(
        () => fs.copyFile(join(root, 'a'), join(root, 'b')),
        (e: unknown) => isErrno(e, 'EEXIST'),
      );
      assert.throws(
        () => fs.createFile(join(root, 'b'), 'z', 0o644),
        (e: unknown) => isErrno(e, 'EEXIST'),
      );
      assert.equal(readFiles(root), { a: 'x', b: 'y' });
    }));
});

suite('nodeFileSystem.temporaryPath() gives a new name each time', (test) => {
  test('in the directory, known as temporary', () => {
    const paths = [fs.temporaryPath('/d'), fs.temporaryPath('/d')];
    assert.is(new Set(paths).size, 2);
    for (const path of paths) {
      assert.is(dirname(path), '/d');
      assert.ok(isTemporaryName(path.slice(3)));
    }
    assert.not(isTemporaryName('.dvc-like'));
  });
});

const md5 = (bytes: string | Uint8Array): string => createHash('md5').update(bytes).digest('hex');

suite('nodeFileSystem.hashFiles() hashes all files in their order', (test) => {
  test('few of them', () =>
    inDirectory((root) => {
      writeFiles(root, { a: 'x', b: '' });
      const hashes = fs.hashFiles(['b', 'a'].map((name) => ({ path: join(root, name), sizeBytes: 1 })));
      assert.equal(hashes, [
        { digest: md5(''), sizeBytes: 0 },
        { digest: md5('x'), sizeBytes: 1 },
      ]);
    }));

  test('thousands of them, on all cores', () =>
    inDirectory((root) => {
      const files = Array.from({ length: 2_500 }, (_, i) => ({
        path: join(root, String(i)),
        sizeBytes: i % 7,
      }));
      for (const { path, sizeBytes } of files) writeFileSync(path, 'x'.repeat(sizeBytes));
      const hashes = fs.hashFiles(files);
      assert.equal(
        hashes,
        files.map(({ sizeBytes }) => ({ digest: md5('x'.repeat(sizeBytes)), sizeBytes })),
      );
    }));

  test('large ones, on all cores', () =>
    inDirectory((root) => {
      const sizeBytes = 40 * 2 ** 20 + 1;
      const files = ['a', 'b'].map((name) => ({ path: join(root, name), sizeBytes }));
      for (const { path } of files) {
        writeFileSync(path, path);
        truncateSync(path, sizeBytes);
      }
      const hashes = fs.hashFiles(files);
      files.forEach(({ path }, i) => {
        const bytes = Buffer.alloc(sizeBytes);
        bytes.write(path);
        assert.equal(hashes[i], { digest: md5(bytes), sizeBytes });
      });
    }));

  test('or throws what is wrong with one, whichever thread met it', () =>
    inDirectory((root) => {
      const files = Array.from({ length: 2_500 }, (_, i) => ({ path: join(root, String(i)), sizeBytes: 1 }));
      for (const { path } of files.slice(0, -1)) writeFileSync(path, 'x');
      assert.throws(
        () => fs.hashFiles(files),
        (e: unknown) => isErrno(e, 'ENOENT'),
      );
    }));
});

import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { nodeFileSystem, writeFileAtomic } from '../../../cache/index.ts';
import { dyingFileSystem, faultyFileSystem, Killed } from '../../support/faulty-file-system.ts';
import { recordCalls } from '../../support/recording-file-system.ts';
import { suite, table } from '../../support/suite.ts';
import { inDirectory, readFiles, writeFiles } from '../workspace.ts';

suite('writeFileAtomic() replaces a file whole', (test) => {
  test('in the order write, sync, rename, sync the directory', () =>
    inDirectory((root) => {
      const { fs, calls } = recordCalls(nodeFileSystem, root);
      writeFileAtomic(fs, join(root, 'a/b'), 'text');
      assert.equal(calls, [
        'makeDirectory a',
        'createFile a/TMP1',
        'sync a/TMP1',
        'rename a/TMP1 a/b',
        'sync a',
      ]);
      assert.equal(readFiles(root), { 'a/b': 'text' });
    }));

  test('with the mode that is asked for', () =>
    inDirectory((root) => {
      writeFileAtomic(nodeFileSystem, join(root, 'a'), 'x', 0o600);
      assert.is(statSync(join(root, 'a')).mode & 0o777, 0o600);
    }));

  table(
    test,
    [
      { name: 'a full disk', call: 'createFile' },
      { name: 'a sync that fails', call: 'sync' },
      { name: 'a rename that fails', call: 'rename' },
    ],
    ({ call }) =>
      inDirectory((root) => {
        writeFiles(root, { a: 'old' });
        const fs = faultyFileSystem(nodeFileSystem, ({ name }) => (name === call ? 'ENOSPC' : undefined));
        assert.throws(() => writeFileAtomic(fs, join(root, 'a'), 'new'), /ENOSPC/);
        assert.equal(readFiles(root), { a: 'old' });
      }),
  );

  test('or not at all when it is killed at any moment', () =>
    inDirectory((root) => {
      const path = join(root, 'a');
      writeFiles(root, { a: 'old' });
      for (let last = 0; last < 6; last++) {
        try {
          writeFileAtomic(dyingFileSystem(nodeFileSystem, last), path, 'new');
        } catch (error) {
          assert.instance(error, Killed);
        }
        assert.ok(['old', 'new'].includes(readFileSync(path, 'utf8')));
      }
      assert.is(readFileSync(path, 'utf8'), 'new');
    }));
});

/**
 * Reflinks on a file system that has them: an XFS in a file, mounted for the time of a test.
 *
 * @module
 */

import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statfsSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { createHasher, type LinkType, nodeFileSystem } from '../../../cache/index.ts';
import { note, suite, table } from '../../support/suite.ts';
import { openStore } from '../workspace.ts';

const VOLUME_BYTES = 400 * 2 ** 20;
const FILE_BYTES = 32 * 2 ** 20;
const PLAIN = { isExecutable: false };

/** @returns Why there is no such file system here, where there is none: only the superuser of the machine itself may mount. */
function onXfs(body: (root: string) => void): string | undefined {
  const top = mkdtempSync(join(tmpdir(), 'dvc-like-xfs-'));
  const [image, root] = [join(top, 'image'), join(top, 'mounted')];
  const run = (program: string, ...args: readonly string[]): string | undefined => {
    const { status, stderr, error } = spawnSync(program, args, { encoding: 'utf8' });
    return status === 0 ? undefined : `${program}: ${error?.message ?? stderr.trim()}`;
  };
  try {
    closeSync(openSync(image, 'w'));
    truncateSync(image, VOLUME_BYTES);
    mkdirSync(root);
    const refused =
      run('mkfs.xfs', '-q', '-m', 'reflink=1', image) ?? run('mount', '-o', 'loop', image, root);
    if (refused !== undefined) return refused;
    try {
      body(root);
    } finally {
      assert.is(run('umount', root), undefined);
    }
    return undefined;
  } finally {
    rmSync(top, { recursive: true, force: true });
  }
}

const freeBytes = (root: string): number => {
  const { bavail, bsize } = statfsSync(root);
  return bavail * bsize;
};

const TYPES: readonly {
  readonly name: string;
  readonly types: readonly LinkType[];
}[] = [
  { name: 'as a reflink', types: ['reflink'] },
  { name: 'as a reflink where nothing is configured', types: ['reflink', 'copy'] },
  { name: 'as a copy, whose blocks are shared where that can be', types: ['copy'] },
];

suite('on a file system with reflinks', (test) => {
  table(test, TYPES, ({ types }) => {
    const refused = onXfs((root) => {
      const { store, memo } = openStore(root, nodeFileSystem, types);
      const hasher = createHasher({ fs: nodeFileSystem, memo, isIgnored: () => false });
      const source = join(root, 'source');
      const content = Buffer.alloc(FILE_BYTES, 'some content of a big file\n');
      writeFileSync(source, content);
      const put = store.put(source, hasher.observe(source));
      assert.ok(put.ok);
      const object = store.pathOf(put.value);
      rmSync(source);
      const free = freeBytes(root);
      const target = join(root, 'work/big');
      assert.ok(store.checkout(put.value, target, PLAIN).ok);
      assert.ok(free - freeBytes(root) < FILE_BYTES / 4, 'the blocks are shared');
      assert.is.not(statSync(target).ino, statSync(object).ino);
      assert.is(statSync(target).mode & 0o777, 0o644);
      appendFileSync(target, 'more');
      assert.ok(content.equals(readFileSync(object)), 'an edit leaves the object as it is');
    });
    if (refused !== undefined) note(`Reflinks are not tested here: ${refused}`);
  });
});

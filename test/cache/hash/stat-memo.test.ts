import { readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { asDigest, type FileStat, nodeFileSystem, openStatMemo } from '../../../cache/index.ts';
import { suite, table } from '../../support/suite.ts';
import { inDirectory } from '../workspace.ts';

const A = asDigest('a'.repeat(32));
const MS = 1_000_000n;
const NOW = 1_700_000_000_123_000_001n;
const OLD: FileStat = {
  kind: 'file',
  inode: 1n,
  sizeBytes: 2,
  mtimeNs: NOW - 1000n * MS,
  ctimeNs: NOW - 1000n * MS,
  mode: 0o644,
  linkCount: 1,
};

suite('A StatMemo knows a digest as long as the stat stays', (test) => {
  test('also in another process', () =>
    inDirectory((root) => {
      const file = join(root, 'tmp/memo');
      const memo = openStatMemo(nodeFileSystem, file);
      memo.set('/a b\t', OLD, A, NOW);
      assert.is(memo.get('/a b\t', OLD), A);
      memo.save();
      const other = openStatMemo(nodeFileSystem, file);
      assert.is(other.get('/a b\t', OLD), A);
      assert.is(other.get('/b', OLD), undefined);
    }));

  const changes: readonly { readonly name: string; readonly change: Partial<FileStat> }[] = [
    { name: 'another inode', change: { inode: 2n } },
    { name: 'another size', change: { sizeBytes: 3 } },
    { name: 'another mtime, by a nanosecond', change: { mtimeNs: OLD.mtimeNs + 1n } },
    { name: 'another ctime, by a nanosecond', change: { ctimeNs: OLD.ctimeNs + 1n } },
  ];
  table(test, changes, ({ change }) => {
    const memo = openStatMemo(nodeFileSystem, '/nowhere/memo');
    memo.set('/a', OLD, A, NOW);
    assert.is(memo.get('/a', { ...OLD, ...change }), undefined);
  });

  test('saves only when there is something new', () =>
    inDirectory((root) => {
      const file = join(root, 'memo');
      const memo = openStatMemo(nodeFileSystem, file);
      memo.set('/a', OLD, A, NOW);
      memo.save();
      const { ino } = statSync(file);
      memo.set('/a', OLD, A, NOW);
      memo.save();
      assert.is(statSync(file).ino, ino);
    }));
});

suite('A StatMemo does not remember a file that was read while young', (test) => {
  const seconds = (count: bigint): bigint => (NOW / (1000n * MS) - count) * 1000n * MS;
  const stats: readonly {
    readonly name: string;
    readonly stat: Partial<FileStat>;
    readonly known: boolean;
  }[] = [
    { name: 'written in the moment of reading', stat: { mtimeNs: NOW, ctimeNs: NOW }, known: false },
    {
      name: 'written a tick before',
      stat: { mtimeNs: NOW - 10n * MS, ctimeNs: NOW - 10n * MS },
      known: false,
    },
    { name: 'its ctime alone is young', stat: { ctimeNs: NOW - 10n * MS }, known: false },
    { name: 'written in the future', stat: { mtimeNs: NOW + 3600_000n * MS }, known: false },
    { name: 'written 30 ms before', stat: { mtimeNs: NOW - 30n * MS, ctimeNs: NOW - 30n * MS }, known: true },
    {
      name: 'whole seconds, one second old',
      stat: { mtimeNs: seconds(1n), ctimeNs: seconds(1n) },
      known: false,
    },
    {
      name: 'whole seconds, three seconds old',
      stat: { mtimeNs: seconds(3n), ctimeNs: seconds(3n) },
      known: true,
    },
  ];
  table(test, stats, ({ stat, known }) => {
    const memo = openStatMemo(nodeFileSystem, '/nowhere/memo');
    memo.set('/a', { ...OLD, ...stat }, A, NOW);
    assert.is(memo.get('/a', { ...OLD, ...stat }), known ? A : undefined);
  });

  test('and forgets what it knew of it', () => {
    const memo = openStatMemo(nodeFileSystem, '/nowhere/memo');
    memo.set('/a', OLD, A, NOW);
    memo.set('/a', { ...OLD, mtimeNs: NOW }, A, NOW);
    assert.is(memo.get('/a', OLD), undefined);
  });

  test('but what we wrote ourselves counts from its writing, not from its renaming', () => {
    const memo = openStatMemo(nodeFileSystem, '/nowhere/memo');
    const renamedNow = { ...OLD, ctimeNs: NOW };
    memo.setPlaced('/a', renamedNow, A, NOW);
    assert.is(memo.get('/a', renamedNow), A);
    const writtenNow = { ...OLD, mtimeNs: NOW };
    memo.setPlaced('/b', writtenNow, A, NOW);
    assert.is(memo.get('/b', writtenNow), undefined);
  });
});

suite('A broken memo is an empty memo', (test) => {
  const broken: readonly { readonly name: string; readonly spoil: (file: string) => void }[] = [
    { name: 'empty', spoil: (file) => truncateSync(file, 0) },
    { name: 'torn', spoil: (file) => truncateSync(file, statSync(file).size - 5) },
    { name: 'torn in the header', spoil: (file) => truncateSync(file, 10) },
    {
      name: 'one letter changed',
      spoil: (file) => writeFileSync(file, readFileSync(file, 'utf8').replace('aaa ', 'aab ')),
    },
    {
      name: 'of another version',
      spoil: (file) => writeFileSync(file, readFileSync(file, 'utf8').replace('memo-1', 'memo-2')),
    },
    { name: 'noise', spoil: (file) => writeFileSync(file, Buffer.from([0xff, 0, 10, 0xfe])) },
  ];
  table(test, broken, ({ spoil }) =>
    inDirectory((root) => {
      const file = join(root, 'memo');
      const memo = openStatMemo(nodeFileSystem, file);
      memo.set('/a', OLD, A, NOW);
      memo.save();
      spoil(file);
      const other = openStatMemo(nodeFileSystem, file);
      assert.is(other.get('/a', OLD), undefined);
      other.set('/a', OLD, A, NOW);
      other.save();
      assert.is(openStatMemo(nodeFileSystem, file).get('/a', OLD), A);
    }),
  );

  test('a directory in its place', () =>
    inDirectory((root) => {
      assert.is(openStatMemo(nodeFileSystem, root).get('/a', OLD), undefined);
    }));
});

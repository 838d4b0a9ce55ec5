import {
  appendFileSync,
  chmodSync,
  linkSync,
  lstatSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import {
  asDigest,
  createHasher,
  type FileSystem,
  type LinkType,
  nodeFileSystem,
  unprotect,
} from '../../../cache/index.ts';
import { faultyFileSystem } from '../../support/faulty-file-system.ts';
import { recordCalls } from '../../support/recording-file-system.ts';
import { suite, table } from '../../support/suite.ts';
import { inDirectory, openStore, readFiles, writeFiles } from '../workspace.ts';

const X = asDigest('9dd4e461268c8034f5c8564e155c67a6');
const PLAIN = { isExecutable: false };
const FILES = { a: 'x', 'sub/b': 'y', 'sub/empty': '' };

/** A store with FILES as a tree, which still stands in the workspace, and `x` among them. */
function prepare(root: string, linkTypes: readonly LinkType[], fs: FileSystem = nodeFileSystem) {
  const opened = openStore(root, fs, linkTypes);
  const hasher = createHasher({ fs, memo: opened.memo, isIgnored: () => false });
  const source = join(root, 'source');
  writeFiles(source, FILES);
  const state = hasher.observe(source);
  const put = opened.store.put(source, state);
  assert.ok(put.ok && state.kind === 'tree');
  return { ...opened, hasher, source, state, tree: put.value, object: opened.store.pathOf(X) };
}

/** How the file at a path is linked to the object of X. */
function linkAt(path: string, object: string): string {
  const stat = lstatSync(path);
  if (stat.isSymbolicLink())
    return `symlink ${readlinkSync(path) === object ? 'to the object' : 'elsewhere'}`;
  const mode = (stat.mode & 0o777).toString(8);
  return `${stat.ino === statSync(object).ino ? 'hardlink' : 'copy'} ${mode}`;
}

const fails = (names: readonly (keyof FileSystem)[], code: string): FileSystem =>
  faultyFileSystem(nodeFileSystem, ({ name }) => (names.includes(name) ? code : undefined));

const TYPES: readonly {
  readonly name: string;
  readonly types: readonly LinkType[];
  readonly fs?: FileSystem;
  readonly link: string;
}[] = [
  { name: 'copy', types: ['copy'], link: 'copy 644' },
  { name: 'hardlink', types: ['hardlink'], link: 'hardlink 444' },
  { name: 'symlink', types: ['symlink'], link: 'symlink to the object' },
  { name: 'the first of a list', types: ['symlink', 'hardlink', 'copy'], link: 'symlink to the object' },
  {
    name: 'the next one where the first cannot be',
    types: ['reflink', 'hardlink', 'copy'],
    fs: fails(['reflink'], 'ENOTSUP'),
    link: 'hardlink 444',
  },
  {
    name: 'a copy, where the cache is on another file system',
    types: ['reflink', 'hardlink', 'copy'],
    fs: fails(['reflink', 'hardLink'], 'EXDEV'),
    link: 'copy 644',
  },
  {
    name: 'a copy, when the object has as many links as it can have',
    types: ['hardlink', 'copy'],
    fs: fails(['hardLink'], 'EMLINK'),
    link: 'copy 644',
  },
];

suite('checkout() links files as the link types say', (test) => {
  table(test, TYPES, ({ types, fs, link }) =>
    inDirectory((root) => {
      const { store, tree, state, object, hasher } = prepare(root, types, fs);
      const [file, directory] = [join(root, 'work/x'), join(root, 'work/d')];
      assert.ok(store.checkout(X, file, PLAIN).ok);
      assert.equal(store.checkout(tree, directory, PLAIN), { ok: true, value: state });
      assert.is(linkAt(file, object), link);
      assert.is(linkAt(join(directory, 'a'), object), link);
      assert.equal(hasher.observe(directory), state);
      assert.is(statSync(object).mode & 0o777, 0o444);
      const { ino } = lstatSync(file);
      assert.ok(store.checkout(X, file, PLAIN).ok);
      assert.is(lstatSync(file).ino, ino);
    }),
  );

  test('an executable is a copy: the mode of a link is that of the object', () => {
    for (const type of ['hardlink', 'symlink'] as const) {
      inDirectory((root) => {
        const { store, object } = prepare(root, [type]);
        const target = join(root, 'work');
        assert.ok(store.checkout(X, target, PLAIN).ok);
        assert.ok(store.checkout(X, target, { isExecutable: true }).ok);
        assert.is(linkAt(target, object), 'copy 744');
        assert.is(statSync(object).mode & 0o777, 0o444);
      });
    }
  });

  test('an empty file is none of the many links of one object', () =>
    inDirectory((root) => {
      const { store, tree } = prepare(root, ['hardlink']);
      assert.ok(store.checkout(tree, join(root, 'd'), PLAIN).ok);
      assert.is(statSync(join(root, 'd/sub/empty')).nlink, 1);
    }));

  test('and says so where none of them can be', () =>
    inDirectory((root) => {
      const { store } = prepare(root, ['reflink'], fails(['reflink'], 'ENOTSUP'));
      const target = join(root, 'work/x');
      assert.equal(store.checkout(X, target, PLAIN), {
        ok: false,
        error: { kind: 'no-link', path: target, types: ['reflink'] },
      });
      assert.equal(readFiles(join(root, 'work')), {});
    }));

  test('a full disk is no reason for another type', () =>
    inDirectory((root) => {
      const { store } = prepare(root, ['hardlink', 'copy'], fails(['hardLink'], 'ENOSPC'));
      const result = store.checkout(X, join(root, 'x'), PLAIN);
      assert.ok(!result.ok && result.error.kind === 'io' && result.error.code === 'ENOSPC');
    }));
});

suite('What is written through a link is found out', (test) => {
  for (const type of ['hardlink', 'symlink'] as const) {
    test(`a ${type}: the object is no longer taken for what it was, nor the file`, () =>
      inDirectory((root) => {
        const { store, hasher, corrupt } = prepare(root, [type]);
        const target = join(root, 'work');
        assert.ok(store.checkout(X, target, PLAIN).ok);
        nodeFileSystem.sleep(50);
        assert.ok(store.has(X));
        chmodSync(target, 0o644);
        writeFileSync(target, 'z');
        const state = hasher.observe(target);
        assert.ok(state.kind === 'file' && state.digest !== X);
        assert.not(store.has(X));
        assert.equal(corrupt, [X]);
      }));
  }

  test('another link to the object leaves it known, so that it is not read again', () =>
    inDirectory((root) => {
      const { fs, calls, clear } = recordCalls(nodeFileSystem, root);
      const { store } = prepare(root, ['hardlink'], fs);
      nodeFileSystem.sleep(50);
      assert.ok(store.has(X));
      clear();
      assert.ok(store.checkout(X, join(root, 'one'), PLAIN).ok);
      assert.ok(store.checkout(X, join(root, 'two'), PLAIN).ok);
      assert.ok(store.has(X));
      assert.equal(
        calls.filter((call) => call.startsWith('hashFile')),
        [],
      );
    }));
});

suite('checkout() with `relink` also links anew what has its content', (test) => {
  const cases: readonly {
    readonly name: string;
    readonly from: LinkType;
    readonly to: LinkType;
    readonly link: string;
  }[] = [
    { name: 'a copy as a hard link', from: 'copy', to: 'hardlink', link: 'hardlink 444' },
    { name: 'a copy as a symbolic link', from: 'copy', to: 'symlink', link: 'symlink to the object' },
    { name: 'a hard link as a copy', from: 'hardlink', to: 'copy', link: 'copy 644' },
    { name: 'a symbolic link as a copy', from: 'symlink', to: 'copy', link: 'copy 644' },
    { name: 'a symbolic link as a hard one', from: 'symlink', to: 'hardlink', link: 'hardlink 444' },
  ];
  table(test, cases, ({ from, to, link }) =>
    inDirectory((root) => {
      const before = prepare(root, [from]);
      const [file, directory] = [join(root, 'work/x'), join(root, 'work/d')];
      assert.ok(before.store.checkout(X, file, PLAIN).ok);
      assert.ok(before.store.checkout(before.tree, directory, PLAIN).ok);
      const { store } = openStore(root, nodeFileSystem, [to]);
      assert.ok(store.checkout(before.tree, directory, PLAIN).ok);
      assert.is.not(linkAt(join(directory, 'a'), before.object), link);
      assert.ok(store.checkout(X, file, { ...PLAIN, relink: 'all' }).ok);
      assert.ok(store.checkout(before.tree, directory, { ...PLAIN, relink: 'all' }).ok);
      assert.is(linkAt(file, before.object), link);
      assert.is(linkAt(join(directory, 'a'), before.object), link);
      assert.equal(readFileSync(join(directory, 'sub/b'), 'utf8'), 'y');
    }),
  );
});

suite('relink() links what was put', (test) => {
  const cases: typeof TYPES = [
    ...TYPES.filter(({ types }) => types.length === 1),
    { name: 'in a tree, a copy where the list has copies', types: ['symlink', 'copy'], link: 'copy 644' },
    { name: 'but hard where that comes first', types: ['hardlink', 'copy'], link: 'hardlink 444' },
  ];
  table(test, cases, ({ types, fs, link }) =>
    inDirectory((root) => {
      const { store, state, source, object, hasher } = prepare(root, types, fs);
      assert.ok(store.relink(source, state).ok);
      assert.is(linkAt(join(source, 'a'), object), link);
      assert.equal(hasher.observe(source), state);
    }),
  );

  test('links of the stage become copies, of the file and in the tree; modes in a tree stay', () =>
    inDirectory((root) => {
      const { store, source, hasher, object } = prepare(root, ['reflink', 'copy']);
      writeFiles(root, { other: 'x' });
      symlinkSync('../other', join(source, 'link'));
      chmodSync(join(source, 'a'), 0o755);
      linkSync(join(root, 'other'), join(root, 'twin'));
      for (const path of [source, join(root, 'twin')]) {
        const state = hasher.observe(path);
        assert.ok(store.put(path, state).ok);
        assert.ok(store.relink(path, state).ok);
      }
      assert.is(linkAt(join(source, 'link'), object), 'copy 644');
      assert.is(linkAt(join(source, 'a'), object), 'copy 755');
      assert.is(statSync(join(root, 'twin')).nlink, 1);
    }));
});

suite('unprotect() makes files that may be written to', (test) => {
  for (const type of ['hardlink', 'symlink', 'copy'] as const) {
    test(`of a ${type}, in a directory too`, () =>
      inDirectory((root) => {
        const { store, tree, object } = prepare(root, [type]);
        const [file, directory] = [join(root, 'work/x'), join(root, 'work/d')];
        assert.ok(store.checkout(X, file, PLAIN).ok);
        assert.ok(store.checkout(tree, directory, PLAIN).ok);
        unprotect(nodeFileSystem, file);
        unprotect(nodeFileSystem, directory);
        appendFileSync(file, '!');
        appendFileSync(join(directory, 'a'), '!');
        assert.is(linkAt(file, object), 'copy 644');
        assert.is(linkAt(join(directory, 'sub/b'), object), 'copy 644');
        assert.equal(readFiles(join(root, 'work')), {
          x: 'x!',
          'd/a': 'x!',
          'd/sub/b': 'y',
          'd/sub/empty': '',
        });
        assert.ok(store.has(tree));
      }));
  }

  test('nothing happens where nothing is; a link that leads nowhere is an error', () =>
    inDirectory((root) => {
      const { store, object } = prepare(root, ['symlink']);
      unprotect(nodeFileSystem, join(root, 'none'));
      assert.ok(store.checkout(X, join(root, 'x'), PLAIN).ok);
      unlinkSync(object);
      assert.throws(
        () => {
          unprotect(nodeFileSystem, join(root, 'x'));
        },
        (error: NodeJS.ErrnoException) => error.code === 'ENOENT',
      );
    }));
});

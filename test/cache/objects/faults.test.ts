import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import {
  createHasher,
  type FileSystem,
  isDigest,
  isTemporaryName,
  isTreeDigest,
  nodeFileSystem,
  parseTree,
} from '../../../cache/index.ts';
import { dyingFileSystem, faultyFileSystem, Killed } from '../../support/faulty-file-system.ts';
import { suite } from '../../support/suite.ts';
import { inDirectory, openStore, readFiles, writeFiles } from '../workspace.ts';

const FILES = { a: 'x', b: 'yy', 'sub/c': 'zzz' };

function open(root: string, fs: FileSystem) {
  const opened = openStore(root, fs);
  return { ...opened, hasher: createHasher({ fs, memo: opened.memo, isIgnored: () => false }) };
}

/** Every object bears its name, and every tree has its members. */
function assertSound(directory: string): void {
  if (!existsSync(directory)) return;
  const names = readdirSync(directory)
    .filter((prefix) => !isTemporaryName(prefix))
    .flatMap((prefix) => readdirSync(join(directory, prefix)).map((rest) => prefix + rest));
  for (const name of names) {
    assert.ok(isDigest(name), name);
    const bytes = readFileSync(join(directory, name.slice(0, 2), name.slice(2)));
    assert.is(createHash('md5').update(bytes).digest('hex'), name.slice(0, 32));
    if (!isTreeDigest(name)) continue;
    const tree = parseTree(bytes);
    assert.ok(tree.ok);
    for (const { digest } of tree.value) assert.ok(names.includes(digest), 'a member is missing');
  }
}

const temporariesIn = (root: string): readonly string[] =>
  readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) => path.includes('.dvc-like-'));

/** Calls `attempt` with the fault at the first call, the second, ... until it gets through. */
function atEveryCall(attempt: (index: number) => 'hit' | 'through'): void {
  let index = 0;
  while (attempt(index) === 'hit') index += 1;
  assert.ok(index > 5, `only ${index} calls were tried`);
}

const WRITES: readonly (keyof FileSystem)[] = [
  'copyFile',
  'createFile',
  'makeDirectory',
  'rename',
  'sync',
  'chmod',
];

suite('A disk that is full at any write', (test) => {
  test('leaves no wrong object and nothing half written, and put() works again afterwards', () => {
    atEveryCall((wanted) =>
      inDirectory((root) => {
        writeFiles(join(root, 'd'), FILES);
        let writes = 0;
        const fs = faultyFileSystem(nodeFileSystem, ({ name }) =>
          WRITES.includes(name) && writes++ === wanted ? 'ENOSPC' : undefined,
        );
        const { store, hasher, directory } = open(root, fs);
        const state = hasher.observe(join(root, 'd'));
        const result = store.put(join(root, 'd'), state);
        assertSound(directory);
        assert.equal(temporariesIn(root), []);
        if (result.ok) return 'through';
        assert.ok(result.error.kind === 'io' && result.error.code === 'ENOSPC');
        assert.ok(store.put(join(root, 'd'), state).ok);
        assert.ok(result.error.path.startsWith(root));
        assertSound(directory);
        return 'hit';
      }),
    );
  });

  test('leaves each file of a checkout old or new, and checkout() works again afterwards', () => {
    atEveryCall((wanted) =>
      inDirectory((root) => {
        writeFiles(join(root, 'd'), FILES);
        const good = open(root, nodeFileSystem);
        const put = good.store.put(join(root, 'd'), good.hasher.observe(join(root, 'd')));
        assert.ok(put.ok);
        let writes = 0;
        const fs = faultyFileSystem(nodeFileSystem, ({ name }) =>
          WRITES.includes(name) && writes++ === wanted ? 'ENOSPC' : undefined,
        );
        const target = join(root, 'work');
        writeFiles(target, { a: 'old', 'sub/c': 'old' });
        const { store } = open(root, fs);
        const result = store.checkout(put.value, target, { isExecutable: false });
        for (const [path, text] of Object.entries(readFiles(target))) {
          if (!path.endsWith('/')) assert.ok(['old', FILES[path as keyof typeof FILES]].includes(text), path);
        }
        assert.equal(temporariesIn(root), []);
        if (result.ok) return 'through';
        assert.ok(result.error.kind === 'io');
        assert.ok(store.checkout(put.value, target, { isExecutable: false }).ok);
        assert.equal(readFiles(target), FILES);
        return 'hit';
      }),
    );
  });
});

suite('A process killed at any call', (test) => {
  test('of put() leaves no wrong object, and the next process completes the store', () => {
    atEveryCall((wanted) =>
      inDirectory((root) => {
        writeFiles(join(root, 'd'), FILES);
        const { hasher } = open(root, nodeFileSystem);
        const state = hasher.observe(join(root, 'd'));
        const { directory } = open(root, nodeFileSystem);
        let outcome: 'hit' | 'through' = 'through';
        try {
          open(root, dyingFileSystem(nodeFileSystem, wanted)).store.put(join(root, 'd'), state);
        } catch (error) {
          assert.instance(error, Killed);
          outcome = 'hit';
        }
        assertSound(directory);
        const after = open(root, nodeFileSystem);
        const result = after.store.put(join(root, 'd'), state);
        assert.ok(result.ok && after.store.has(result.value));
        assertSound(directory);
        return outcome;
      }),
    );
  });

  test('of checkout() leaves a target that the next checkout() makes right', () => {
    atEveryCall((wanted) =>
      inDirectory((root) => {
        writeFiles(join(root, 'd'), FILES);
        const { store, hasher } = open(root, nodeFileSystem);
        const put = store.put(join(root, 'd'), hasher.observe(join(root, 'd')));
        assert.ok(put.ok);
        const target = join(root, 'work');
        writeFiles(target, { a: 'old', 'more/e': 'old' });
        let outcome: 'hit' | 'through' = 'through';
        try {
          const dying = open(root, dyingFileSystem(nodeFileSystem, wanted));
          dying.store.checkout(put.value, target, { isExecutable: false });
        } catch (error) {
          assert.instance(error, Killed);
          outcome = 'hit';
        }
        assert.ok(store.checkout(put.value, target, { isExecutable: false }).ok);
        assert.equal(readFiles(target), FILES);
        return outcome;
      }),
    );
  });
});

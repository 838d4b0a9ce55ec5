import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import * as assert from 'uvu/assert';
import {
  asDigest,
  createHasher,
  isList,
  isMap,
  nodeFileSystem,
  openObjectStore,
  openRunCache,
  openStatMemo,
  parseTree,
  parseYamlValue,
  runKey,
  runValue,
  stringifyYaml,
  treeBytes,
  type Value,
  type ValueMap,
} from '../../cache/index.ts';
import { suite, unless } from '../support/suite.ts';
import { inDirectory } from './workspace.ts';

const GOLDEN = resolve('../shared/dvc/golden');
const OBJECTS = join(GOLDEN, 'dot-dvc/cache/files/md5');
const RUNS = join(GOLDEN, 'dot-dvc/cache/runs');
const skip = unless(existsSync(GOLDEN), 'the repository made by real DVC is not here');

const filesBelow = (root: string): readonly string[] =>
  readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

const at = (value: Value | undefined, key: string): Value | undefined =>
  value !== undefined && isMap(value) ? value.get(key) : undefined;

function stringAt(map: ValueMap, key: string): string {
  const value = map.get(key);
  assert.type(value, 'string');
  return value as string;
}

/** Without folding, as we write: a line that DVC folded ends in a blank. */
const unfold = (text: string): string => text.replace(/ \n +/g, ' ');

suite('A cache made by DVC 3 is ours to the byte', { skip }, (test) => {
  const objects = skip === undefined ? filesBelow(OBJECTS) : [];
  const runs = skip === undefined ? filesBelow(RUNS) : [];

  test('every object name is the digest of its content', () => {
    assert.is(objects.length, 13);
    for (const path of objects) {
      const name = basename(dirname(path)) + basename(path).slice(0, 30);
      assert.is(nodeFileSystem.hashFile(path).digest, name);
    }
  });

  test('every directory object is written again as it stands', () => {
    const trees = objects.filter((path) => path.endsWith('.dir'));
    assert.is(trees.length, 1);
    for (const path of trees) {
      const bytes = readFileSync(path);
      const tree = parseTree(bytes);
      assert.ok(tree.ok);
      assert.is(treeBytes(tree.value).toString(), bytes.toString());
    }
  });

  test('every run-cache key and value is computed again, and the entry written as it stands', () => {
    assert.is(runs.length, 4);
    for (const path of runs) {
      const text = readFileSync(path, 'utf8');
      const entry = parseYamlValue(text);
      assert.ok(isMap(entry));
      assert.is(runKey(entry), basename(dirname(path)));
      assert.is(runValue(entry), basename(path));
      assert.is(stringifyYaml(entry), unfold(text));
      const found = openRunCache({ fs: nodeFileSystem, directory: RUNS }).find(runKey(entry));
      assert.equal(found.map(runValue), [basename(path)]);
    }
  });

  test('what the lock says of files that are here is what we observe', () =>
    inDirectory((root) => {
      const memo = openStatMemo(nodeFileSystem, join(root, 'memo'));
      const hasher = createHasher({ fs: nodeFileSystem, memo, isIgnored: () => false });
      const lock = parseYamlValue(readFileSync(join(GOLDEN, 'dvc.lock'), 'utf8'));
      const stages = at(lock, 'stages');
      assert.ok(stages !== undefined && isMap(stages));
      let compared = 0;
      for (const [name, stage] of stages) {
        for (const entry of [...list(at(stage, 'deps')), ...list(at(stage, 'outs'))]) {
          const path = join(GOLDEN, name === 'evaluate' ? 'sub' : '', stringAt(entry, 'path'));
          const state = hasher.observe(path);
          if (state.kind === 'missing') continue;
          assert.is(state.digest, entry.get('md5'), path);
          assert.is(state.sizeBytes, entry.get('size'), path);
          if (state.kind === 'tree') assert.is(state.fileCount, entry.get('nfiles'), path);
          compared += 1;
        }
      }
      assert.ok(compared >= 15, `${String(compared)} compared`);
    }));

  test('the lock is written as it stands, lines unfolded', () => {
    const text = readFileSync(join(GOLDEN, 'dvc.lock'), 'utf8');
    assert.is(stringifyYaml(parseYamlValue(text)), unfold(text));
  });

  test('the store has its objects', () =>
    inDirectory((root) => {
      const memo = openStatMemo(nodeFileSystem, join(root, 'memo'));
      const store = openObjectStore({ fs: nodeFileSystem, directory: OBJECTS, memo });
      assert.ok(store.has(asDigest('09b40748d4edfd77862a6d94df1067e9.dir')));
      const state = store.state(asDigest('09b40748d4edfd77862a6d94df1067e9.dir'));
      assert.ok(state.kind === 'tree');
      assert.is(state.sizeBytes, 6);
      const target = join(root, 'parts');
      assert.ok(store.checkout(state.digest, target, { isExecutable: false }).ok);
      assert.is(
        createHash('md5')
          .update(readFileSync(join(target, 'a.txt')))
          .digest('hex'),
        state.entries[0]?.digest,
      );
    }));
});

function list(value: Value | undefined): readonly ValueMap[] {
  return value !== undefined && isList(value) ? value.filter(isMap) : [];
}

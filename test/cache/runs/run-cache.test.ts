import { utimesSync } from 'node:fs';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import {
  Float,
  nodeFileSystem,
  openRunCache,
  runKey,
  runValue,
  type Value,
  type ValueMap,
} from '../../../cache/index.ts';
import { suite, table } from '../../support/suite.ts';
import { inDirectory, readFiles, writeFiles } from '../workspace.ts';

const map = (entries: Readonly<Record<string, Value>>): ValueMap => new Map(Object.entries(entries));
const file = (path: string, md5: string, more: Readonly<Record<string, Value>> = {}): ValueMap =>
  map({ path, hash: 'md5', md5, ...more });

const ENTRY = map({ cmd: 'make', deps: [file('a', '1')], outs: [file('b', '2')] });
const change = (entries: Readonly<Record<string, Value>>): ValueMap => new Map([...ENTRY, ...map(entries)]);

suite('runKey() depends on what was run over which inputs', (test) => {
  const rows: readonly { readonly name: string; readonly entry: ValueMap; readonly same: boolean }[] = [
    { name: 'not on the order of keys', entry: new Map([...ENTRY].reverse()), same: true },
    { name: 'not on what came out', entry: change({ outs: [file('b', '3')] }), same: true },
    { name: 'not on sizes', entry: change({ deps: [file('a', '1', { size: 5, nfiles: 2 })] }), same: true },
    { name: 'on the command', entry: change({ cmd: 'make ' }), same: false },
    { name: 'on a list of one command', entry: change({ cmd: ['make'] }), same: false },
    { name: 'on a dep', entry: change({ deps: [file('a', '2')] }), same: false },
    { name: 'on the execute bit', entry: change({ deps: [file('a', '1', { isexec: true })] }), same: false },
    { name: 'on the paths of the outs', entry: change({ outs: [file('c', '2')] }), same: false },
    { name: 'on keys that DVC does not know', entry: change({ env: map({ A: '1' }) }), same: false },
  ];
  table(test, rows, ({ entry, same }) => assert.is(runKey(entry) === runKey(ENTRY), same));

  test('1 and 1.0 are different parameters', () => {
    const key = (value: Value) => runKey(change({ params: map({ 'params.yaml': map({ x: value }) }) }));
    assert.is.not(key(1), key(new Float(1)));
  });
  test('the value depends on what came out', () => {
    assert.is.not(runValue(ENTRY), runValue(change({ outs: [file('b', '3')] })));
  });
  test('outs that have no path are a mistake of the caller', () => {
    assert.throws(() => runKey(change({ outs: ['b'] })), TypeError);
    assert.throws(() => runKey(change({ outs: 'b' })), TypeError);
  });
});

suite('A run cache finds what was saved', (test) => {
  const open = (root: string) => openRunCache({ fs: nodeFileSystem, directory: root });
  const pathOf = (root: string, entry: ValueMap) =>
    join(root, runKey(entry).slice(0, 2), runKey(entry), runValue(entry));

  test('where DVC looks for it', () =>
    inDirectory((root) => {
      open(root).save(ENTRY);
      assert.equal(readFiles(root), {
        [pathOf('.', ENTRY)]:
          "cmd: make\ndeps:\n- path: a\n  hash: md5\n  md5: '1'\nouts:\n- path: b\n  hash: md5\n  md5: '2'\n",
      });
      assert.equal(open(root).find(runKey(ENTRY)), [ENTRY]);
    }));

  test('nothing under a key that it does not have', () =>
    inDirectory((root) => {
      assert.equal(open(join(root, 'nowhere')).find(runKey(ENTRY)), []);
    }));

  test('the newest first, broken files passed over', () =>
    inDirectory((root) => {
      const runs = open(root);
      const other = change({ outs: [file('b', '3')] });
      const third = change({ outs: [file('b', '4')] });
      const entries = [ENTRY, other, third];
      entries.forEach((entry, i) => {
        runs.save(entry);
        utimesSync(pathOf(root, entry), 1000, [2000, 3000, 1000][i]!);
      });
      writeFiles(join(pathOf(root, ENTRY), '..'), {
        broken: 'a: [',
        list: '- a\n',
        empty: '',
        '.dvc-like-1-1.tmp': 'cmd: x\n',
        'directory/x': '',
      });
      assert.equal(runs.find(runKey(ENTRY)), [other, ENTRY, third]);
    }));

  test('an entry that only differs where the names do not tell replaces the old one', () =>
    inDirectory((root) => {
      const runs = open(root);
      const sized = change({ params: map({ 'params.yaml': map({ size: 1 }) }) });
      const resized = change({ params: map({ 'params.yaml': map({ size: 2 }) }) });
      assert.is(runKey(sized), runKey(resized));
      runs.save(sized);
      runs.save(resized);
      assert.equal(runs.find(runKey(sized)), [resized]);
    }));
});

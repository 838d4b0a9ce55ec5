import * as assert from 'uvu/assert';
import { parseYamlValue } from '../../../cache/index.ts';
import { renderDiagnostics } from '../../../engine/core/index.ts';
import {
  entryFromValue,
  entryToValue,
  type LockEntry,
  parseLock,
  renderLock,
} from '../../../engine/lockfile/index.ts';
import { suite, table } from '../../support/suite.ts';

const LOCK = `schema: '2.0'
stages:
  '10':
    cmd:
    - echo 1
    - echo 'two'
    deps:
    - path: a
      hash: md5
      md5: 0cc175b9c0f1b6a831c399e269772661
      size: 1
      isexec: true
    params:
      config.yaml:
        big: 9007199254740993
        f: 1.0
        n:
        train.C: 1e-05
      other.json:
        k:
        - x
        - true
    outs:
    - path: tree
      hash: md5
      md5: d751713988987e9331980363e24189ce.dir
      size: 0
      nfiles: 0
  __proto__:
    module: stages/a.ts
    code: 1e7b
    with:
      fields:
      - a
    env:
      A: '1'
`;

const read = (text: string): ReadonlyMap<string, LockEntry> => {
  const lock = parseLock({ path: 'dvc-like.lock', text });
  if (!lock.ok) throw new Error(renderDiagnostics(lock.error));
  return lock.value.entries;
};

suite('a lock is read and written again byte for byte', (test) => {
  test('ours', () => {
    const entries = read(LOCK);
    assert.equal([...entries.keys()], ['10', '__proto__']);
    assert.is(renderLock(entries, 'config.yaml'), LOCK);
  });

  table(
    test,
    [
      {
        name: 'paths by code point, not as they came',
        from: ['b', 'a', 'é', '\u{1F600}', '\uFF00', 'Z'],
        to: ['Z', 'a', 'b', 'é', '\uFF00', '\u{1F600}'],
      },
      { name: 'digits as text', from: ['10', '9'], to: ['10', '9'] },
    ],
    ({ from, to }) => {
      const path = { digest: undefined, sizeBytes: undefined, fileCount: undefined, isExecutable: false };
      const deps = from.map((name) => ({ path: name, ...path }));
      const entry: LockEntry = {
        action: { kind: 'command', cmd: 'x' },
        env: new Map(),
        deps,
        params: new Map(),
        outs: [],
      };
      const value = entryToValue(entry, 'config.yaml');
      assert.equal(
        (value.get('deps') as ReadonlyMap<string, string>[]).map((dep) => dep.get('path')),
        to,
      );
    },
  );

  test('params: the default file first, the others by name, keys by name, values as they are', () => {
    const values = new Map([
      [
        'b',
        new Map([
          ['z', 1],
          ['a', 2],
        ]),
      ],
      ['a', new Map()],
    ]);
    const params = new Map([
      ['b.yaml', values],
      ['z.yaml', new Map()],
      ['a.yaml', new Map()],
    ]);
    const entry: LockEntry = {
      action: { kind: 'command', cmd: 'x' },
      env: new Map(),
      deps: [],
      params,
      outs: [],
    };
    const written = entryToValue(entry, 'z.yaml').get('params') as ReadonlyMap<
      string,
      ReadonlyMap<string, unknown>
    >;
    assert.equal([...written.keys()], ['z.yaml', 'a.yaml', 'b.yaml']);
    assert.equal([...written.get('b.yaml')!.keys()], ['a', 'b']);
    assert.equal([...(written.get('b.yaml')!.get('b') as ReadonlyMap<string, number>).keys()], ['z', 'a']);
  });
});

suite('parseLock() takes what DVC may have written', (test) => {
  table(
    test,
    [
      { name: 'an empty file', text: '', names: [] },
      { name: 'only the schema', text: "schema: '2.0'\n", names: [] },
      { name: 'no stages', text: "schema: '2.0'\nstages: {}\n", names: [] },
      {
        name: 'other styles and comments',
        text: `{"stages": {b: {cmd: x}, a: {cmd: "y"}}, schema: "2.0"} # c\n`,
        names: ['b', 'a'],
      },
      { name: 'folded text', text: "schema: '2.0'\nstages:\n  a:\n    cmd: one \n      two\n", names: ['a'] },
    ],
    ({ text, names }) => {
      assert.equal([...read(text).keys()], names);
    },
  );

  test('a digest of the second version, which is none of ours', () => {
    const text = `stages: {a: {cmd: x, outs: [{path: o, md5: d41d8cd98f00b204e9800998ecf8427e, size: 0}]}}\n`;
    const [out] = read(text).get('a')!.outs;
    assert.equal([out!.path, out!.digest, out!.sizeBytes], ['o', undefined, 0]);
  });
});

suite('what is no lock entry is told', (test) => {
  table(
    test,
    [
      { name: 'nothing', entry: '' },
      { name: 'a list', entry: '[cmd]' },
      { name: 'no command', entry: '{outs: []}' },
      { name: 'a command that is a number', entry: '{cmd: 1}' },
      { name: 'a module without code', entry: '{module: a.ts}' },
      { name: 'an unknown key', entry: '{cmd: x, command: y}' },
      { name: 'a path without a name', entry: '{cmd: x, deps: [{hash: md5}]}' },
      {
        name: 'a digest that leads elsewhere',
        entry: '{cmd: x, outs: [{path: a, hash: md5, md5: ../../x}]}',
      },
      { name: 'deps that are no list', entry: '{cmd: x, deps: {a: 1}}' },
      { name: 'params that are no mapping of mappings', entry: '{cmd: x, params: {config.yaml: [a]}}' },
    ],
    ({ entry }) => {
      assert.is(entryFromValue(parseYamlValue(entry === '' ? 'null' : entry)), undefined);
      const lock = parseLock({ path: 'dvc-like.lock', text: `stages:\n  ok: {cmd: x}\n  bad: ${entry}\n` });
      assert.match(lock.ok ? '' : renderDiagnostics(lock.error), 'The lock entry of stage "bad" is damaged');
    },
  );
});

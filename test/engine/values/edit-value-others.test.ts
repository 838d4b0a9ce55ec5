import * as assert from 'uvu/assert';
import { renderDiagnostics } from '../../../engine/core/index.ts';
import { removeValue } from '../../../engine/values/index.ts';
import { suite, table } from '../../support/suite.ts';
import { claim } from './editing.ts';

suite('setValue() minds anchors and aliases', (test) => {
  table(
    test,
    [
      {
        name: 'an alias is replaced, not what it refers to',
        text: 'a: &a 1\nb: *a\n',
        key: 'b',
        value: '2',
        after: 'a: &a 1\nb: 2\n',
      },
      {
        name: 'those that refer to an anchor follow',
        text: 'a: &a 1\nb: *a\n',
        key: 'a',
        value: '2',
        after: 'a: &a 2\nb: *a\n',
      },
      {
        name: 'those that refer to the anchor of a block follow',
        text: 'a: &a\n  x: 1\nb: *a\n',
        key: 'a',
        value: '{y: 1}',
        after: 'a: &a {y: 1}\nb: *a\n',
      },
      {
        name: 'so do those that refer to what it lies in',
        text: 'a: &a\n  x: 1\nb:\n  <<: *a\nc: [*a]\n',
        key: 'a.x',
        value: '2',
        after: 'a: &a\n  x: 2\nb:\n  <<: *a\nc: [*a]\n',
      },
      {
        name: 'what an alias brings is not edited',
        text: 'a: &a {x: 1}\nb: *a\n',
        key: 'b.x',
        value: '2',
        after: `error[E_SHARED_VALUE]: Cannot edit "b.x" in "config.yaml": "b" comes from another place of the file, by an alias
 --> config.yaml:2:4
  |
2 | b: *a
  |    ^^
  = hint: edit the place that it comes from`,
      },
      {
        name: 'nor what a merge brings',
        text: 'a: &a {x: {y: 1}}\nb:\n  <<: *a\n',
        key: 'b.x.y',
        value: '2',
        after: `error[E_SHARED_VALUE]: Cannot edit "b.x.y" in "config.yaml": "b.x" comes from another place of the file, by an alias
 --> config.yaml:3:3
  |
3 |   <<: *a
  |   ^^
  = hint: edit the place that it comes from`,
      },
      {
        name: 'an anchor that is needed is not removed',
        text: 'a:\n  x: &a 1\nb: *a\n',
        key: 'a',
        value: '2',
        after: `error[E_CANNOT_EDIT]: Cannot edit "a" in "config.yaml" without changing other values
  = hint: edit the file by hand`,
      },
    ],
    claim,
  );
});

suite('setValue() edits JSON', (test) => {
  const path = 'params.json';
  const TEXT = '{\n  "a": 1,\n  "b": {"c": [1, 2]},\n  "e": {}\n}\n';
  table(
    test,
    [
      { name: 'a number', path, text: TEXT, key: 'a', value: '1.5', after: TEXT.replace('1,', '1.5,') },
      { name: 'a text', path, text: TEXT, key: 'a', value: 'é\n', after: TEXT.replace('1,', '"é",') },
      {
        name: 'an item',
        path,
        text: TEXT,
        key: 'b.c.1',
        value: '{x: yes}',
        after: TEXT.replace('2]', '{"x": "yes"}]'),
      },
      {
        name: 'a new key',
        path,
        text: TEXT,
        key: 'd',
        value: 'true',
        after: TEXT.replace('{}\n', '{},\n  "d": true\n'),
      },
      {
        name: 'a new key beside others',
        path,
        text: TEXT,
        key: 'b.d',
        value: '.inf',
        after: TEXT.replace('2]', '2], "d": Infinity'),
      },
      {
        name: 'a new key in an empty mapping',
        path,
        text: TEXT,
        key: 'e.d',
        value: '0',
        after: TEXT.replace('{}', '{"d": 0}'),
      },
    ],
    claim,
  );
});

suite('setValue() says why it cannot', (test) => {
  table(
    test,
    [
      {
        name: 'a parent that is misspelt',
        text: 'train: {C: 1}\n',
        key: 'trian.C',
        value: '2',
        after: `error[E_NO_SUCH_KEY]: Cannot set "trian.C": there is no "trian" in "config.yaml"
  = hint: did you mean "train"?`,
      },
      {
        name: 'a parent further down',
        text: 'a:\n  train: {C: 1}\n',
        key: 'a.tran.C',
        value: '2',
        after: `error[E_NO_SUCH_KEY]: Cannot set "a.tran.C": there is no "a.tran" in "config.yaml"
 --> config.yaml:2:3
  |
2 |   train: {C: 1}
  |   ^
  = hint: did you mean "a.train"?`,
      },
      {
        name: 'a scalar as a parent',
        text: 'a: 1\n',
        key: 'a.b',
        value: '2',
        after: `error[E_NO_SUCH_KEY]: Cannot set "a.b" in "config.yaml": "a" is no mapping, and no list with such an item
 --> config.yaml:1:4
  |
1 | a: 1
  |    ^
  = hint: set "a" as a whole`,
      },
      {
        name: 'an item beyond the end',
        text: 'a: [1]\n',
        key: 'a.1',
        value: '2',
        after: `error[E_NO_SUCH_KEY]: Cannot set "a.1" in "config.yaml": "a" is no mapping, and no list with such an item
 --> config.yaml:1:4
  |
1 | a: [1]
  |    ^^^
  = hint: set "a" as a whole`,
      },
      {
        name: 'TOML',
        path: 'params.toml',
        text: 'a = 1\n',
        key: 'a',
        value: '2',
        after: `error[E_CANNOT_EDIT]: Cannot edit "params.toml": only YAML and JSON are edited in place
  = hint: edit the file by hand`,
      },
    ],
    claim,
  );
});

suite('removeValue() removes a key with its line, or its comma', (test) => {
  table(
    test,
    [
      {
        name: 'in a block',
        text: 'a:\n  b: 1\n  c: 2 # two\nd: 3\n',
        key: 'a.c',
        after: 'a:\n  b: 1\nd: 3\n',
      },
      { name: 'with its block', text: 'a:\n  b:\n    - 1\n  c: 2\n', key: 'a.b', after: 'a:\n  c: 2\n' },
      { name: 'at the end of a file without a line break', text: 'a: 1\nb: 2', key: 'b', after: 'a: 1' },
      { name: 'first in a flow mapping', text: 'a: {b: 1, c: 2}\n', key: 'a.b', after: 'a: {c: 2}\n' },
      { name: 'last in a flow mapping', text: 'a: {b: 1, c: 2}\n', key: 'a.c', after: 'a: {b: 1}\n' },
      { name: 'alone in a flow mapping', text: 'a: {b: 1}\n', key: 'a.b', after: 'a: {}\n' },
      { name: 'that is not there', text: 'a: {b: 1}\n', key: 'a.c', after: 'a: {b: 1}\n' },
    ],
    ({ text, key, after }) => {
      const edited = removeValue({ path: 'dvc-like.yaml', text }, key.split('.'));
      assert.is(edited.ok ? edited.value.text : renderDiagnostics(edited.error), after);
    },
  );
});

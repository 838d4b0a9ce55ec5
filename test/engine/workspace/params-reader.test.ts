import * as assert from 'uvu/assert';
import { nodeFileSystem } from '../../../cache/index.ts';
import { renderDiagnostics } from '../../../engine/core/index.ts';
import { createParamsReader } from '../../../engine/workspace/params-reader.ts';
import { inDirectory, writeFiles } from '../../cache/workspace.ts';
import { suite, table } from '../../support/suite.ts';
import { plain, resolveStage } from '../template/resolve.ts';

const FILES = {
  'config.yaml': 'train: {C: 1.0, tags: [a, {b: c}]}\n"dotted.key": 1\n10: ten\n__proto__: {x: 1}\n',
  'sub/other.toml': '[a]\nb = 2\n',
  'list.json': '[1, 2]',
};

/** The values of the only stage's params, or what is wrong. */
function read(manifest: string): unknown {
  return inDirectory((root) => {
    writeFiles(root, FILES);
    const stage = resolveStage(manifest);
    const reader = createParamsReader(nodeFileSystem, root);
    const read = stage.params.map((params) => {
      const values = reader.read(stage, params);
      return values.ok
        ? [params.file, Object.fromEntries([...values.value].map(([key, value]) => [key, plain(value)]))]
        : renderDiagnostics(values.error);
    });
    return read;
  });
}

suite('params are read by their dotted keys', (test) => {
  table(
    test,
    [
      { name: 'a value', params: '[train.C]', values: [['config.yaml', { 'train.C': 1 }]] },
      {
        name: 'a mapping',
        params: '[train]',
        values: [['config.yaml', { train: { C: 1, tags: ['a', { b: 'c' }] } }]],
      },
      {
        name: 'an item of a list',
        params: '[train.tags.1.b]',
        values: [['config.yaml', { 'train.tags.1.b': 'c' }]],
      },
      {
        name: 'names like numbers and prototypes',
        params: '["10", __proto__.x]',
        values: [['config.yaml', { 10: 'ten', '__proto__.x': 1 }]],
      },
      {
        name: 'of a file in the working directory',
        params: '[other.toml: [a.b]]',
        wdir: 'sub',
        values: [['other.toml', { 'a.b': 2 }]],
      },
      {
        name: 'a whole file',
        params: '[other.toml: ]',
        wdir: 'sub',
        values: [['other.toml', { a: { b: 2 } }]],
      },
      {
        name: 'a whole file that is no mapping has none',
        params: '[list.json: ]',
        values: [['list.json', {}]],
      },
    ],
    ({ params, wdir = '.', values }) => {
      const found = read(`stages: {s: {cmd: x, wdir: ${wdir}, params: ${params}}}`);
      assert.equal(JSON.stringify(found), JSON.stringify(values));
    },
  );

  test('those that are missing are told, with what stands there instead', () => {
    const [text] = read('stages: {s: {cmd: x, params: [train.c, toString, train.C.x]}}') as [string];
    assert.equal(
      [...text.matchAll(/^(?:error| +=).*$/gm)].map(([line]) => line),
      [
        'error[E_MISSING_PARAM]: Param "train.c" of stage "s" is not in "config.yaml"',
        '  = hint: did you mean "train.C"?',
        'error[E_MISSING_PARAM]: Param "toString" of stage "s" is not in "config.yaml"',
        '  = hint: add it to "config.yaml"',
        'error[E_MISSING_PARAM]: Param "train.C.x" of stage "s" is not in "config.yaml"',
        '  = hint: add it to "config.yaml"',
      ],
    );
  });

  test('from the file as it is now, also when it changes in between', () => {
    inDirectory((root) => {
      writeFiles(root, { 'config.yaml': 'k: 1' });
      const stage = resolveStage('stages: {s: {cmd: x, params: [k]}}');
      const reader = createParamsReader(nodeFileSystem, root);
      const value = (): unknown => {
        const values = reader.read(stage, stage.params[0]!);
        return values.ok ? values.value.get('k') : 'nothing';
      };
      assert.is(value(), 1);
      writeFiles(root, { 'config.yaml': 'k: 22' });
      assert.is(value(), 22);
      writeFiles(root, { 'config.yaml': '[' });
      assert.is(value(), 'nothing');
      assert.equal(reader.sources(), ['config.yaml']);
    });
  });
});

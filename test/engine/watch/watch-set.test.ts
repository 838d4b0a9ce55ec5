import * as assert from 'uvu/assert';
import { isEditorFile } from '../../../engine/watch/editor-files.ts';
import { partOf, type WatchSet, waypointsOf } from '../../../engine/watch/watch-set.ts';
import { suite, table } from '../../support/suite.ts';

const SET: WatchSet = {
  inputs: new Set(['/p/dvc-like.yaml', '/p/data', '/p/notes~', '/p/made/by-a']),
  outs: new Set(['/p/out', '/p/data/made', '/p/made/by-a']),
  needed: new Set(),
  codeDirectories: new Set(['/p/stages']),
  isIgnored: (path, isDirectory) => path.endsWith('.log') || (isDirectory && path.endsWith('/.git')),
  ignoreRules: '',
};

suite('a path belongs to the inputs, to the outs, or to neither', (test) => {
  table(
    test,
    [
      { name: 'a file', path: '/p/dvc-like.yaml', part: 'input' },
      { name: 'its neighbour', path: '/p/README.md', part: undefined },
      { name: 'one whose name only begins like it', path: '/p/database', part: undefined },
      { name: 'a directory', path: '/p/data', part: 'input' },
      { name: 'a file below it', path: '/p/data/a/b/c.txt', part: 'input' },
      { name: 'an ignored file below it', path: '/p/data/a.log', part: undefined },
      { name: 'one in an ignored directory', path: '/p/data/.git/index', part: undefined },
      { name: "an editor's file below it", path: '/p/data/.c.txt.swp', part: undefined },
      { name: 'one that looks so and is named', path: '/p/notes~', part: 'input' },
      { name: 'an out', path: '/p/out', part: 'out' },
      { name: 'a file below an out', path: '/p/out/x/y', part: 'out' },
      { name: 'an out in a directory that is an input', path: '/p/data/made/x', part: 'out' },
      { name: 'what one stage makes and another needs', path: '/p/made/by-a', part: 'out' },
      { name: 'code where some was missed', path: '/p/stages/helper.ts', part: 'input' },
      { name: 'what is no code there', path: '/p/stages/notes.txt', part: undefined },
    ],
    ({ path, part }) => assert.is(partOf(SET, path, false), part),
  );

  test('all directories above lead there', () =>
    assert.equal([...waypointsOf(SET)].sort(), ['/', '/p', '/p/data', '/p/made', '/p/stages']));
});

suite("editors' temporary files are known by their names", (test) => {
  table(
    test,
    [
      '.foo.swp',
      '.foo.swx',
      '4913',
      '5036',
      'foo~',
      '.#foo',
      '#foo#',
      'foo.tmp',
      'foo.tmp.123',
      '.goutputstream-X1',
    ].map((name) => ({ name })),
    ({ name }) => assert.ok(isEditorFile(name)),
  );
  table(
    test,
    ['foo', 'foo.swp', '4914', '2019', '12345', 'tmp', 'foo.tmpl', '#foo', '.foo', 'sedan.csv'].map(
      (name) => ({ name }),
    ),
    ({ name }) => assert.not(isEditorFile(name)),
  );
});

import * as assert from 'uvu/assert';
import { renderDiagnostics } from '../../../engine/core/index.ts';
import { namedStages, selectTargets } from '../../../engine/graph/index.ts';
import { suite, table } from '../../support/suite.ts';
import { graphOf } from './graph-of.ts';

const GRAPH = graphOf(`stages:
  use: {cmd: x, deps: [m-b], outs: [u]}
  many: {foreach: [a, b], do: {cmd: 'x \${item}', deps: [root], outs: ['m-\${item}']}}
  first: {cmd: x, outs: [root]}
  lone: {cmd: x, outs: [l]}
`);

suite('selectTargets() gives what was named with all that it needs, in plan order', (test) => {
  table(
    test,
    [
      {
        name: 'everything where nothing is named',
        targets: [],
        selected: ['first', 'many@b', 'use', 'many@a', 'lone'],
      },
      { name: 'a stage', targets: ['use'], selected: ['first', 'many@b', 'use'] },
      { name: 'a group', targets: ['many'], selected: ['first', 'many@b', 'many@a'] },
      { name: 'one of a group', targets: ['many@a'], selected: ['first', 'many@a'] },
      { name: 'several, however often', targets: ['lone', 'first', 'lone'], selected: ['first', 'lone'] },
    ],
    ({ targets, selected }) => {
      const found = selectTargets(GRAPH, targets);
      assert.equal(found, { ok: true, value: selected });
    },
  );

  test('what nobody knows is told with what was probably meant, all at once', () => {
    const found = selectTargets(GRAPH, ['fist', 'lone', '__proto__', 'many@c']);
    assert.is(
      found.ok ? '' : renderDiagnostics(found.error),
      [
        'error[E_UNKNOWN_STAGE]: There is no stage or group "fist"',
        '  = hint: did you mean "first"?',
        '',
        'error[E_UNKNOWN_STAGE]: There is no stage or group "__proto__"',
        '  = hint: list them with "dvc-like stage list"',
        '',
        'error[E_UNKNOWN_STAGE]: There is no stage or group "many@c"',
        '  = hint: did you mean "many@a"?',
      ].join('\n'),
    );
  });

  test('namedStages() leaves out what they need', () => {
    assert.equal(namedStages(GRAPH, ['use', 'many']), { ok: true, value: ['many@b', 'use', 'many@a'] });
  });
});

import * as assert from 'uvu/assert';
import { renderDiagnostics } from '../../../engine/core/index.ts';
import { NAMED, selectTargets, WITH_UPSTREAM } from '../../../engine/graph/index.ts';
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
      const found = selectTargets(GRAPH, targets, WITH_UPSTREAM);
      assert.equal(found, { ok: true, value: selected });
    },
  );

  test('what nobody knows is told with what was probably meant, all at once', () => {
    const found = selectTargets(GRAPH, ['fist', 'lone', '__proto__', 'many@c'], WITH_UPSTREAM);
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

  table(
    test,
    [
      {
        name: 'the targets alone',
        scope: 'single',
        targets: ['use', 'many'],
        selected: ['many@b', 'use', 'many@a'],
      },
      { name: 'what needs them', scope: 'downstream', targets: ['many@b'], selected: ['many@b', 'use'] },
      {
        name: 'what hangs together with them',
        scope: 'pipeline',
        targets: ['use'],
        selected: ['first', 'many@b', 'use', 'many@a'],
      },
    ] as const,
    ({ scope, targets, selected }) => {
      assert.equal(selectTargets(GRAPH, targets, { scope, isGlob: false }), { ok: true, value: selected });
    },
  );

  test('patterns choose by name, and one that matches nothing is told', () => {
    const options = { scope: NAMED.scope, isGlob: true } as const;
    assert.equal(selectTargets(GRAPH, ['m*@?', 'l*'], options), {
      ok: true,
      value: ['many@b', 'many@a', 'lone'],
    });
    assert.is(selectTargets(GRAPH, ['z*'], options).ok, false);
  });
});

import * as assert from 'uvu/assert';
import { buildGraph } from '../../../engine/graph/index.ts';
import { suite, table } from '../../support/suite.ts';
import { resolveStage } from '../template/resolve.ts';
import { graphErrors, graphOf, manifestOf } from './graph-of.ts';

suite('buildGraph() joins a stage to the makers of what it reads', (test) => {
  table(
    test,
    [
      { name: 'an equal path', stages: 'a: -> x; b: x -> y', edges: ['a b'] },
      { name: 'a file inside an out', stages: 'a: -> x; b: x/one/two -> y', edges: ['a b'] },
      { name: 'a directory around outs', stages: 'a: -> d/x; b: -> d/e/y; c: d -> z', edges: ['a c', 'b c'] },
      { name: 'not a path that only begins alike', stages: 'a: -> x; b: xy x-1 x.d -> y', edges: [] },
      { name: 'a path written otherwise', stages: 'a: -> d/x; b: ./d//e/../x -> y', edges: ['a b'] },
      { name: 'two outs of one stage, one edge', stages: 'a: -> x y; b: x y -> z', edges: ['a b'] },
      {
        name: 'names that look like numbers or prototypes',
        stages: '10: -> x; 2: x -> y; __proto__: y ->',
        edges: ['10 2', '2 __proto__'],
      },
    ],
    ({ stages, edges }) => {
      const graph = graphOf(manifestOf(stages));
      const found = graph.order.flatMap((to) => graph.upstream(to).map((from) => `${from} ${to}`));
      assert.equal(found, edges);
      const reversed = graph.order.flatMap((from) => graph.downstream(from).map((to) => `${from} ${to}`));
      assert.equal([...reversed].sort(), [...edges].sort());
    },
  );

  test('and to the maker of its params file', () => {
    const graph = graphOf(
      'stages:\n  a: {cmd: x, params: [{made.yaml: [k]}], outs: [y]}\n  b: {cmd: x, outs: [made.yaml]}\n',
    );
    assert.equal(graph.order, ['b', 'a']);
    assert.equal(graph.upstream('a'), ['b']);
  });

  test('as seen from its working directory', () => {
    const graph = graphOf(
      'stages:\n  a: {cmd: x, wdir: sub, outs: [o]}\n  b: {cmd: x, deps: [sub/o]}\n  c: {cmd: x, deps: [o]}\n',
    );
    assert.equal([graph.upstream('b'), graph.upstream('c')], [['a'], []]);
    assert.equal(
      graph.outsAt('sub').map(({ stage, path, relation }) => ({ stage, path, relation })),
      [{ stage: 'a', path: 'sub/o', relation: 'contains' }],
    );
    assert.is(graph.outsAt('.').length, 1);
  });
});

suite('buildGraph() puts stages in the order of DVC', (test) => {
  table(
    test,
    [
      {
        name: 'depth first in manifest order',
        stages: 'z: -> z; m: z y ->; a: -> a; y: -> y',
        order: ['z', 'y', 'm', 'a'],
      },
      {
        name: 'manifest order where nothing is needed',
        stages: 'b: -> b; 1: -> 1; a: -> a',
        order: ['b', '1', 'a'],
      },
      { name: 'needs in declared order', stages: 'm: q p ->; p: -> p; q: -> q', order: ['q', 'p', 'm'] },
    ],
    ({ stages, order }) => {
      assert.equal(graphOf(manifestOf(stages)).order, order);
    },
  );

  test('a chain of 20,000 stages does not exhaust the stack', () => {
    const count = 20_000;
    const stage = resolveStage('stages: {s: {cmd: x, deps: [d], outs: [o]}}');
    const chain = Array.from({ length: count }, (_, i) => ({
      ...stage,
      name: `s${i}`,
      deps: stage.deps.map((dep) => ({ ...dep, path: `o${i + 1}` })),
      outs: stage.outs.map((out) => ({ ...out, path: `o${i}` })),
    }));
    const graph = buildGraph(chain);
    assert.ok(graph.ok);
    assert.equal([graph.value.order.length, graph.value.order[0]], [count, `s${count - 1}`]);
  });
});

suite('buildGraph() tells every clash of outs and every cycle once', (test) => {
  const codes = (stages: string): readonly string[] =>
    [...graphErrors(manifestOf(stages)).matchAll(/^error\[\w+\]: .*$/gm)].map(([line]) => line);

  table(
    test,
    [
      {
        name: 'a cycle of two',
        stages: 'a: y -> x; b: x -> y',
        errors: ['error[E_CYCLE]: Stages need each other in a cycle: "a" needs "b" needs "a"'],
      },
      {
        name: 'a cycle closed by two deps',
        stages: 'a: y -> x1 x2; b: x1 x2 -> y',
        errors: ['error[E_CYCLE]: Stages need each other in a cycle: "a" needs "b" needs "a"'],
      },
      {
        name: 'a stage that needs itself',
        stages: 'a: x -> x',
        errors: ['error[E_CYCLE]: Stage "a" needs its own out "x"'],
      },
      {
        name: 'a directory around its own outs, told once',
        stages: 'a: d -> d/x d/y',
        errors: ['error[E_CYCLE]: Stage "a" needs its own out "d"'],
      },
      {
        name: 'two cycles apart',
        stages: 'a: y -> x; b: x -> y; c: c -> c',
        errors: [
          'error[E_CYCLE]: Stages need each other in a cycle: "a" needs "b" needs "a"',
          'error[E_CYCLE]: Stage "c" needs its own out "c"',
        ],
      },
      {
        name: 'an out of two stages, and one inside another',
        stages: 'a: -> d; b: -> d; c: -> d/e/f',
        errors: [
          'error[E_DUPLICATE_OUT]: Out "d" of stage "b" is also an out of stage "a"',
          'error[E_OVERLAPPING_OUTS]: Out "d/e/f" of stage "c" lies inside out "d" of stage "a"',
        ],
      },
    ],
    ({ stages, errors }) => {
      assert.equal(codes(stages), errors);
    },
  );
});

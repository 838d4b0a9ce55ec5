import fc from 'fast-check';
import * as assert from 'uvu/assert';
import { suite } from '../../support/suite.ts';
import { graphErrors, graphOf, manifestOf } from './graph-of.ts';

/** Stages in shuffled manifest order; each may need any that has a smaller number, by one of three kinds of path. */
const dag = fc.array(fc.array(fc.nat(), { maxLength: 4 }), { minLength: 1, maxLength: 12 }).chain((needs) =>
  fc.shuffledSubarray(
    needs.map((each, i) => ({ i, needs: i === 0 ? [] : [...new Set(each.map((n) => n % i))] })),
    { minLength: needs.length, maxLength: needs.length },
  ),
);

const pathTo = (n: number): string => [`d${n}/out`, `d${n}/out/part`, `d${n}`][n % 3]!;

const manifest = (stages: readonly { readonly i: number; readonly needs: readonly number[] }[]): string =>
  manifestOf(stages.map(({ i, needs }) => `${i}: ${needs.map(pathTo).join(' ')} -> d${i}/out`).join(';'));

suite('the graph of random pipelines', (test) => {
  test('has every stage once, after all that it needs', () => {
    fc.assert(
      fc.property(dag, (stages) => {
        const graph = graphOf(manifest(stages));
        assert.equal([...graph.order].sort(), stages.map(({ i }) => `${i}`).sort());
        for (const { i, needs } of stages) {
          assert.equal([...graph.upstream(`${i}`)].sort(), needs.map(String).sort());
          for (const need of needs) assert.ok(graph.order.indexOf(`${need}`) < graph.order.indexOf(`${i}`));
        }
      }),
    );
  });

  test('is refused for a cycle as soon as a stage needs one that needs it', () => {
    fc.assert(
      fc.property(dag, fc.nat(), (stages, pick) => {
        const graph = graphOf(manifest(stages));
        const last = graph.order[pick % graph.order.length]!;
        const ups = new Set([last]);
        for (const name of ups) for (const up of graph.upstream(name)) ups.add(up);
        const first = Number([...ups].at(-1));
        const closed = stages.map((stage) =>
          stage.i === first ? { ...stage, needs: [...stage.needs, Number(last)] } : stage,
        );
        assert.match(graphErrors(manifest(closed)), 'E_CYCLE');
      }),
    );
  });
});

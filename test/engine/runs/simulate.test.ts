import fc from 'fast-check';
import * as assert from 'uvu/assert';
import type { StageGraph } from '../../../engine/graph/index.ts';
import type { StageOutcome } from '../../../engine/run/index.ts';
import { schedule } from '../../../engine/run/scheduler.ts';
import { criticalPath, simulate, type Task } from '../../../engine/runs/simulate.ts';
import { suite, table } from '../../support/suite.ts';

const task = (name: string, durationMs: number, needs = '', slots = 1): Task => ({
  name,
  durationMs,
  needs: needs.split(' ').filter(Boolean),
  slots,
});

const DIAMOND = [task('a', 5), task('b', 10, 'a'), task('c', 20, 'a'), task('d', 1, 'b c')];

const totalOf = (tasks: readonly Task[], slots: number): number =>
  Math.max(0, ...[...simulate(tasks, slots).values()].map(({ endMs }) => endMs));

/** Any tasks, each needing some of those before it. */
const TASKS = fc
  .array(
    fc.record({
      ms: fc.nat(50),
      slots: fc.integer({ min: 1, max: 3 }),
      needs: fc.array(fc.nat(), { maxLength: 3 }),
    }),
    {
      maxLength: 25,
    },
  )
  .map((all) =>
    all.map(({ ms, slots, needs }, i): Task => {
      const names = i === 0 ? [] : [...new Set(needs.map((need) => `t${need % i}`))];
      return { name: `t${i}`, durationMs: ms, slots, needs: names };
    }),
  );

suite('simulate() says when stages would start and end', (test) => {
  table(
    test,
    [
      { name: 'one slot', slots: 1, spans: { a: [0, 5], b: [5, 15], c: [15, 35], d: [35, 36] } },
      { name: 'two slots', slots: 2, spans: { a: [0, 5], b: [5, 15], c: [5, 25], d: [25, 26] } },
    ],
    ({ slots, spans }) => {
      const found = [...simulate(DIAMOND, slots)].map(([name, { startMs, endMs }]) => [
        name,
        [startMs, endMs],
      ]);
      assert.equal(Object.fromEntries(found), spans);
    },
  );

  test('a stage that needs more slots than are free is overtaken', () => {
    const tasks = [task('a', 4), task('wide', 1, '', 2), task('b', 1)];
    assert.equal([...simulate(tasks, 2).keys()], ['a', 'b', 'wide']);
    assert.is(simulate(tasks, 2).get('wide')!.startMs, 4);
  });

  test('one slot takes the sum', () => {
    fc.assert(
      fc.property(TASKS, (tasks) => {
        assert.is(
          totalOf(tasks, 1),
          tasks.reduce((sum, { durationMs }) => sum + durationMs, 0),
        );
      }),
    );
  });

  test('never less than the critical path or an even share of the work; the path itself where slots abound', () => {
    fc.assert(
      fc.property(TASKS, fc.integer({ min: 1, max: 5 }), (tasks, slots) => {
        const work = tasks.reduce((sum, each) => sum + each.durationMs * Math.min(each.slots, slots), 0);
        assert.ok(totalOf(tasks, slots) >= criticalPath(tasks).durationMs);
        assert.ok(totalOf(tasks, slots) >= work / slots);
        assert.is(totalOf(tasks, 1000), criticalPath(tasks).durationMs);
      }),
    );
  });

  test('equal stages that need nothing: in even rounds, so that more slots never take longer', () => {
    fc.assert(
      fc.property(fc.nat(40), fc.integer({ min: 1, max: 9 }), (count, slots) => {
        const tasks = Array.from({ length: count }, (_, i) => task(`t${i}`, 7));
        assert.is(totalOf(tasks, slots), Math.ceil(count / slots) * 7);
      }),
    );
  });

  test('in the order of the scheduler itself', () =>
    fc.assert(
      fc.asyncProperty(TASKS, fc.integer({ min: 1, max: 4 }), async (all, slots) => {
        // Two that end at the same time end in no certain order.
        const tasks = all.map((each, i) => ({
          ...each,
          durationMs: each.durationMs * 1000 + 2 ** (i % 20) / 2 ** 20 + 1,
        }));
        assert.equal([...simulate(tasks, slots).keys()], await scheduled(tasks, slots));
      }),
      { numRuns: 60 },
    ));
});

/** The names in the order in which the scheduler starts them, where time passes as the tasks say. */
async function scheduled(tasks: readonly Task[], slots: number): Promise<readonly string[]> {
  const started: string[] = [];
  const running = new Map<string, { readonly endMs: number; readonly end: () => void }>();
  const names = tasks.map(({ name }) => name);
  const byName = new Map(tasks.map((each) => [each.name, each]));
  const graph = {
    stages: new Map(tasks.map(({ name, slots: cpu }) => [name, { name, cpu }])),
    order: names,
    upstream: (name: string) => byName.get(name)!.needs,
    downstream: (name: string) => tasks.filter(({ needs }) => needs.includes(name)).map((each) => each.name),
  } as unknown as StageGraph;
  let nowMs = 0;
  const outcome: StageOutcome = { kind: 'ran', because: [], durationMs: 1 };
  const state: { isOver: boolean } = { isOver: false };
  const done = schedule(graph, names, new Map(), {
    slots,
    onFailure: 'stop',
    signal: new AbortController().signal,
    onCrash: () => undefined,
    run: ({ name }) => {
      started.push(name);
      return new Promise((resolve) => {
        running.set(name, {
          endMs: nowMs + byName.get(name)!.durationMs,
          end: () => {
            resolve(outcome);
          },
        });
      });
    },
    onOutcome: () => undefined,
  }).then(() => {
    state.isOver = true;
  });
  while (!state.isOver) {
    await new Promise(setImmediate);
    const [next] = [...running].sort(([, a], [, b]) => a.endMs - b.endMs);
    if (next === undefined) continue;
    running.delete(next[0]);
    nowMs = next[1].endMs;
    next[1].end();
  }
  await done;
  return started;
}

suite('criticalPath() names the chain that takes longest', (test) => {
  test('in a diamond', () => {
    assert.equal(criticalPath(DIAMOND), { names: ['a', 'c', 'd'], durationMs: 26 });
  });
  test('of equal ones the first in plan order', () => {
    assert.equal(criticalPath([task('a', 3), task('b', 3)]).names, ['a']);
  });
  test('of nothing', () => {
    assert.equal(criticalPath([]), { names: [], durationMs: 0 });
  });
});

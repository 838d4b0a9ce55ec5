import * as assert from 'uvu/assert';
import type { Plan, Verdict } from '../../../engine/plan/index.ts';
import { forecastText } from '../../../engine/report/index.ts';
import { durationsFrom, median } from '../../../engine/runs/durations.ts';
import { forecast, remaining } from '../../../engine/runs/index.ts';
import { suite, table } from '../../support/suite.ts';
import { graphOf, manifestOf } from '../graph/graph-of.ts';

const GRAPH = graphOf(manifestOf('a: -> x; b: x -> y; c: x -> z; d: y z -> w'));
const RUN: Verdict = { kind: 'run', because: [{ kind: 'never-ran' }] };
const PENDING: Verdict = { kind: 'pending', on: ['a'] };
const FRESH: Verdict = { kind: 'fresh' };

const planOf = (...verdicts: readonly Verdict[]): Plan => ({
  stages: GRAPH.order.map((name, i) => ({ stage: GRAPH.stages.get(name)!, verdict: verdicts[i]! })),
});
const known = (durations: Readonly<Record<string, number>>) =>
  durationsFrom(new Map(Object.entries(durations).map(([name, ms]) => [name, [ms]])));
const ALL = known({ a: 1000, b: 2000, c: 3000, d: 60_000 });

suite('forecast() tells how long a plan takes', (test) => {
  table(
    test,
    [
      {
        name: 'all that runs, one at a time',
        plan: planOf(RUN, RUN, RUN, RUN),
        jobs: 1,
        text: 'Expected: 1 min 6 s one stage at a time\nCritical path: a -> c -> d (1 min 4 s)',
      },
      {
        name: 'two at a time',
        plan: planOf(RUN, RUN, RUN, RUN),
        jobs: 2,
        text: 'Expected: 1 min 4 s with 2 jobs\nCritical path: a -> c -> d (1 min 4 s)',
      },
      {
        name: 'more where pending stages run',
        plan: planOf(RUN, PENDING, PENDING, PENDING),
        jobs: 2,
        text: 'Expected: 1.0 s, up to 1 min 4 s if all that is pending runs, with 2 jobs\nCritical path: a -> c -> d (1 min 4 s)',
      },
      {
        name: 'only what is not up to date',
        plan: planOf(FRESH, RUN, FRESH, FRESH),
        jobs: 2,
        text: 'Expected: 2.0 s with 2 jobs',
      },
      { name: 'nothing of nothing', plan: planOf(FRESH, FRESH, FRESH, FRESH), jobs: 2, text: '' },
      {
        name: 'what is not known',
        plan: planOf(RUN, RUN, RUN, RUN),
        jobs: 1,
        durations: known({ a: 1000, b: 500 }),
        text: 'Expected: more than 1.5 s one stage at a time\nCritical path: a -> b (1.5 s)\nNot known: how long c, d take',
      },
      {
        name: 'that nothing is known',
        plan: planOf(RUN, FRESH, FRESH, FRESH),
        jobs: 1,
        durations: known({}),
        text: 'Expected: not known yet, the stage was never timed',
      },
    ],
    ({ plan, jobs, durations = ALL, text }) => {
      assert.is(forecastText(forecast(plan, GRAPH, durations, jobs)!), text);
    },
  );

  test('not of what cannot run', () => {
    const blocked: Verdict = { kind: 'blocked', by: [], upstream: [] };
    assert.is(forecast(planOf(RUN, blocked, RUN, RUN), GRAPH, ALL, 1), undefined);
  });
});

suite('durationsFrom() takes the median of the last times', (test) => {
  const { of } = durationsFrom(
    new Map([
      ['a', [1, 100, 3]],
      ['m@1', [10, 20]],
      ['m@2', [30]],
    ]),
  );
  test('of the stage', () => {
    assert.is(of({ id: 'a', name: 'a', group: undefined }), 3);
    assert.is(of({ id: 'm@1', name: 'm@1', group: 'm' }), 15);
  });
  test('else of its group', () => {
    assert.is(of({ id: 'm@3', name: 'm@3', group: 'm' }), 20);
  });
  test('else of nothing', () => {
    assert.is(of({ id: 'b', name: 'b', group: undefined }), undefined);
    assert.is(of({ id: 'n@1', name: 'n@1', group: 'n' }), undefined);
  });
  test('the median of an even number is between the two', () => {
    assert.is(median([4, 1, 3, 2]), 2.5);
  });
});

suite('remaining() tells how long a run will still take', (test) => {
  const waiting = ['c', 'd'].map((name) => GRAPH.stages.get(name)!);
  test('with what runs now', () => {
    const left = remaining(GRAPH, [{ name: 'b', leftMs: 500 }], waiting, ALL, 2);
    assert.equal(left, { durationMs: 63_000, isAtLeast: false });
  });
  test('one at a time', () => {
    assert.is(remaining(GRAPH, [{ name: 'b', leftMs: 500 }], waiting, ALL, 1)!.durationMs, 63_500);
  });
  test('at least, where some is not known', () => {
    const left = remaining(GRAPH, [{ name: 'b', leftMs: undefined }], waiting, ALL, 2);
    assert.equal(left, { durationMs: 63_000, isAtLeast: true });
  });
  test('not, where nothing is known', () => {
    assert.is(remaining(GRAPH, [{ name: 'b', leftMs: undefined }], waiting, known({}), 2), undefined);
  });
});

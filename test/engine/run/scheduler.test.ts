import fc from 'fast-check';
import * as assert from 'uvu/assert';
import type { StageOutcome } from '../../../engine/run/index.ts';
import { schedule } from '../../../engine/run/scheduler.ts';
import { suite, table } from '../../support/suite.ts';
import { graphOf, manifestOf } from '../graph/graph-of.ts';

const RAN: StageOutcome = { kind: 'ran', because: [], durationMs: 1 };
const FAILED: StageOutcome = { kind: 'failed', why: [] };

interface Run {
  readonly manifest: string;
  readonly selected?: readonly string[];
  readonly slots: number;
  readonly onFailure?: 'stop' | 'keep-going' | 'ignore';
  readonly failing?: readonly string[];
  /** The stage at whose start the run is interrupted. */
  readonly interruptedIn?: string;
  /** The stage whose run throws. */
  readonly crashingIn?: string;
  /** Of the running stages, which one ends next. */
  readonly next?: (running: readonly string[]) => number;
}

interface Ran {
  /** `+a` and `-a`, in order. */
  readonly log: readonly string[];
  readonly outcomes: Readonly<Record<string, string>>;
  readonly error: unknown;
}

/** Stages end one by one, as `next` says; time does not pass. */
async function run(options: Run): Promise<Ran> {
  const { manifest, slots, onFailure = 'stop', failing = [], next = () => 0 } = options;
  const graph = graphOf(manifest);
  const selected = options.selected ?? graph.order;
  const outcomes = new Map<string, StageOutcome>();
  const interrupt = new AbortController();
  const log: string[] = [];
  const running = new Map<string, () => void>();
  let error: unknown;
  const state: { isOver: boolean } = { isOver: false };
  const done = schedule(graph, selected, outcomes, {
    slots,
    onFailure,
    signal: interrupt.signal,
    onCrash: () => {
      interrupt.abort();
    },
    run: ({ name, cpu }, given) => {
      log.push(`+${name}`);
      assert.is(given, Math.min(cpu, slots));
      assert.ok(
        graph.upstream(name).every((up) => !selected.includes(up) || outcomes.has(up)),
        `${name} is early`,
      );
      if (options.interruptedIn === name) interrupt.abort();
      return new Promise((resolve, reject) => {
        running.set(name, () => {
          log.push(`-${name}`);
          if (options.crashingIn === name) reject(new Error(`crash in ${name}`));
          else resolve(failing.includes(name) ? FAILED : RAN);
        });
      });
    },
    onOutcome: () => undefined,
  }).then(
    () => {
      state.isOver = true;
    },
    (reason: unknown) => {
      state.isOver = true;
      error = reason;
    },
  );
  while (!state.isOver) {
    await new Promise(setImmediate);
    const names = [...running.keys()];
    if (names.length === 0) continue;
    const name = names[next(names) % names.length]!;
    const end = running.get(name)!;
    running.delete(name);
    end();
  }
  await done;
  return { log, outcomes: Object.fromEntries([...outcomes].map(([name, { kind }]) => [name, kind])), error };
}

const WIDE = manifestOf('a: -> x; b: -> y; c: x -> z; d: y -> w; e: z w -> v');

suite('schedule() starts a stage when what it needs is done and a slot is free', (test) => {
  table(
    test,
    [
      { name: 'one slot: in plan order', slots: 1, log: '+a -a +b -b +c -c +d -d +e -e' },
      { name: 'two slots', slots: 2, log: '+a +b -a +c -b +d -c -d +e -e' },
      { name: 'more slots than stages', slots: 99, log: '+a +b -a +c -b +d -c -d +e -e' },
      {
        name: 'the later ones end first',
        slots: 2,
        next: (n: readonly string[]) => n.length - 1,
        log: '+a +b -b +d -d -a +c -c +e -e',
      },
      { name: 'only those that are selected', slots: 2, selected: ['b', 'd'], log: '+b -b +d -d' },
      {
        name: 'what is needed but not selected counts as done',
        slots: 2,
        selected: ['d', 'e'],
        log: '+d -d +e -e',
      },
    ],
    async ({ log, ...options }) => {
      const ran = await run({ manifest: WIDE, ...options });
      assert.is(ran.log.join(' '), log);
    },
  );

  const GREEDY = `stages:
  one: {cmd: x, outs: [a]}
  big: {cmd: x, outs: [b], resources: {cpu: 3}}
  two: {cmd: x, outs: [c]}
  huge: {cmd: x, outs: [d], resources: {cpu: 99}}
`;
  table(
    test,
    [
      {
        name: 'stages of several slots wait until they fit',
        slots: 3,
        log: '+one +two -one -two +big -big +huge -huge',
      },
      {
        name: 'and take all where there are fewer',
        slots: 2,
        log: '+one +two -one -two +big -big +huge -huge',
      },
    ],
    async ({ slots, log }) => {
      assert.is((await run({ manifest: GREEDY, slots })).log.join(' '), log);
    },
  );
});

suite('schedule() after a failure', (test) => {
  test('starts nothing more, and what runs may end', async () => {
    const { log, outcomes } = await run({ manifest: WIDE, slots: 2, failing: ['a'] });
    assert.is(log.join(' '), '+a +b -a -b');
    assert.equal(outcomes, { a: 'failed', b: 'ran', c: 'skipped', d: 'skipped', e: 'skipped' });
  });

  test('goes on with what does not need it, where that is asked for', async () => {
    const { log, outcomes } = await run({
      manifest: WIDE,
      slots: 1,
      failing: ['a'],
      onFailure: 'keep-going',
    });
    assert.is(log.join(' '), '+a -a +b -b +d -d');
    assert.equal(outcomes, { a: 'failed', c: 'skipped', b: 'ran', d: 'ran', e: 'skipped' });
  });

  test('interrupted, it cancels all that has not begun', async () => {
    const { log, outcomes } = await run({
      manifest: WIDE,
      slots: 1,
      interruptedIn: 'c',
      onFailure: 'keep-going',
    });
    assert.is(log.join(' '), '+a -a +b -b +c -c');
    assert.equal([outcomes['c'], outcomes['d'], outcomes['e']], ['ran', 'cancelled', 'cancelled']);
  });

  test('an unexpected error is thrown when all has ended', async () => {
    const { log, outcomes, error } = await run({ manifest: WIDE, slots: 2, crashingIn: 'a' });
    assert.is(log.join(' '), '+a +b -a -b');
    assert.match(String(error), 'crash in a');
    assert.equal(Object.keys(outcomes).sort(), ['a', 'b', 'c', 'd', 'e']);
  });
});

suite('schedule() of random pipelines', (test) => {
  const pipeline = fc.array(
    fc.record({ needs: fc.array(fc.nat(), { maxLength: 3 }), cpu: fc.integer({ min: 1, max: 4 }) }),
    {
      minLength: 1,
      maxLength: 10,
    },
  );

  test('runs every stage once, never more slots than there are, and comes to the same with any number', async () => {
    await fc.assert(
      fc.asyncProperty(
        pipeline,
        fc.integer({ min: 1, max: 5 }),
        fc.array(fc.nat(), { minLength: 1 }),
        fc.nat(),
        async (stages, slots, picks, bad) => {
          const lines = stages.map(({ needs, cpu }, i) => {
            const deps = i === 0 ? [] : [...new Set(needs.map((n) => `o${n % i}`))];
            return `  s${i}: {cmd: x, deps: [${deps.join(', ')}], outs: [o${i}], resources: {cpu: ${cpu}}}\n`;
          });
          const manifest = `stages:\n${lines.join('')}`;
          let turn = 0;
          const next = (): number => picks[turn++ % picks.length]!;
          const failing = [`s${bad % (2 * stages.length)}`];
          const many = await run({ manifest, slots, next, failing, onFailure: 'keep-going' });
          const one = await run({ manifest, slots: 1, failing, onFailure: 'keep-going' });
          assert.equal(many.outcomes, one.outcomes);
          let used = 0;
          for (const entry of many.log) {
            const cpu = Math.min(slots, stages[Number(entry.slice(2))]!.cpu);
            used += entry.startsWith('+') ? cpu : -cpu;
            assert.ok(used <= slots);
          }
          assert.is(new Set(many.log).size, many.log.length);
        },
      ),
      { numRuns: 60 },
    );
  });
});

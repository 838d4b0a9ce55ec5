import fc from 'fast-check';
import * as assert from 'uvu/assert';
import { createLiveDisplay, type LiveDisplay } from '../../../../engine/report/index.ts';
import type { RunEvent } from '../../../../engine/run/index.ts';
import { durationsFrom } from '../../../../engine/runs/durations.ts';
import { suite } from '../../../support/suite.ts';
import { graphOf, manifestOf } from '../../graph/graph-of.ts';
import { type FakeScreen, fakeScreen } from './fake-screen.ts';

const GRAPH = graphOf(manifestOf('a: -> x; b: x -> y'));
const BECAUSE = [{ kind: 'never-ran' }] as const;
const [A] = GRAPH.order.map((name) => GRAPH.stages.get(name)!);
const started: RunEvent = { kind: 'started', stage: A!, because: BECAUSE };
const finished: RunEvent = {
  kind: 'finished',
  stage: A!,
  outcome: { kind: 'ran', because: BECAUSE, durationMs: 1 },
};

interface Shown {
  readonly display: LiveDisplay;
  readonly screen: FakeScreen;
  readonly pass: (ms: number) => void;
}

function show(body: (shown: Shown) => void): void {
  const screen = fakeScreen(60, 12);
  let nowMs = 0;
  const display = createLiveDisplay(screen, () => nowMs);
  const plan = {
    stages: GRAPH.order.map((name) => ({
      stage: GRAPH.stages.get(name)!,
      verdict: { kind: 'run' as const, because: BECAUSE },
    })),
  };
  const durations = durationsFrom(
    new Map([
      ['a', [4000]],
      ['b', [6000]],
    ]),
  );
  display.begin({ plan, graph: GRAPH, durations, jobs: 1, startedMs: 0 }, new AbortController().signal);
  const pass = (ms: number): void => {
    nowMs += ms;
    display.out(bytes(''));
  };
  try {
    body({ display, screen, pass });
  } finally {
    display.end();
  }
}

const bytes = (text: string): Uint8Array => Buffer.from(text);

suite('createLiveDisplay() keeps live lines below what scrolls by', (test) => {
  test('and takes them away at the end', () => {
    let seen: FakeScreen | undefined;
    show(({ display, screen, pass }) => {
      seen = screen;
      display.observe(started);
      display.out('Running a\n');
      pass(1000);
      assert.equal(screen.lines(), [
        'Running a',
        '  a       1 s  3 s left',
        '0 done, 1 running, 1 to go · 1 s · about 9 s left',
      ]);
      assert.is(screen.isCursorShown(), false);
      display.out(bytes('one\ntw'));
      pass(1000);
      assert.equal(screen.lines(), [
        'Running a',
        'one',
        'tw',
        '  a       2 s  2 s left',
        '0 done, 1 running, 1 to go · 2 s · about 8 s left',
      ]);
      display.out(bytes('o\nthree'));
      display.observe(finished);
      display.out('\n');
      display.out('Done a\n');
      pass(1000);
      assert.equal(screen.lines(), [
        'Running a',
        'one',
        'two',
        'three',
        'Done a',
        '1 done, 0 running, 1 to go · 3 s · about 6 s left',
      ]);
    });
    assert.equal(seen!.lines(), ['Running a', 'one', 'two', 'three', 'Done a']);
    assert.is(seen!.isCursorShown(), true);
  });

  test('shows of a line that is written over what stands there now', () => {
    show(({ display, screen, pass }) => {
      pass(1000);
      display.out(bytes('10 %\r\x1b[32m20 %\x1b[0m\r'));
      pass(1000);
      assert.is(screen.lines()[0], '20 %');
    });
  });

  test('repaints at most ten times a second, however much there is to say', () => {
    show(({ display, screen, pass }) => {
      pass(1000);
      const before = screen.writes();
      for (let i = 0; i < 1000; i++) {
        display.out(bytes(`${i}\n`));
        pass(1);
      }
      assert.ok(screen.writes() - before <= 10, `${screen.writes() - before} writes`);
    });
  });

  test('leaves the screen to others when it is told to', () => {
    show(({ display, screen, pass }) => {
      display.observe(started);
      display.out('Running a\n');
      pass(1000);
      display.pause();
      assert.equal(screen.lines(), ['Running a']);
      assert.is(screen.isCursorShown(), true);
      display.resume();
      assert.is(screen.lines().length, 3);
      display.aside(() => screen.write('Beware\n'));
      assert.equal(screen.lines().slice(0, 2), ['Running a', 'Beware']);
    });
  });

  test('loses and doubles nothing of what is written, whatever the pieces and the pauses', () => {
    const piece = fc.string({ unit: fc.constantFrom('a', 'b', '\n'), maxLength: 12 });
    fc.assert(
      fc.property(fc.array(fc.tuple(piece, fc.nat(200))), (pieces) => {
        let seen: FakeScreen | undefined;
        show(({ display, screen, pass }) => {
          seen = screen;
          display.observe(started);
          for (const [text, ms] of pieces) {
            display.out(bytes(text));
            pass(ms);
          }
          display.out(bytes('\n'));
        });
        const all = pieces.map(([text]) => text).join('');
        // Lines of the fake screen are too short for more.
        if (all.split('\n').some((line) => line.length > 59)) return;
        assert.equal(seen!.lines(), all.trimEnd().split('\n'));
      }),
      { numRuns: 100 },
    );
  });
});

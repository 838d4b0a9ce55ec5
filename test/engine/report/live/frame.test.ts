import fc from 'fast-check';
import * as assert from 'uvu/assert';
import { cellsOf } from '../../../../engine/core/index.ts';
import { frame, type LiveStage, type LiveView } from '../../../../engine/report/live/frame.ts';
import { suite, table } from '../../../support/suite.ts';

const COUNTS = { ran: 0, restored: 0, failed: 0, skipped: 0, waiting: 0 };
const EMPTY: LiveView = {
  partialLine: '',
  running: [],
  counts: COUNTS,
  elapsedMs: 0,
  left: undefined,
  isStopping: false,
};
const running = (name: string, more: Partial<LiveStage> = {}): LiveStage => ({
  name,
  activity: 'running',
  elapsedMs: 3000,
  progress: undefined,
  expectedMs: undefined,
  ...more,
});
const SCREEN = { columns: 80, rows: 24 };

const BUSY: LiveView = {
  ...EMPTY,
  partialLine: 'loading...',
  running: [
    running('train', {
      elapsedMs: 12_300,
      progress: { done: 1200, total: 2000, note: 'epochs' },
      expectedMs: 60_000,
    }),
    running('monthly@2019-01', { expectedMs: 10_000 }),
    running('monthly@2019-02', { elapsedMs: 11_000, expectedMs: 10_000 }),
    running('collect', { progress: { done: 41, total: undefined, note: 'pages' } }),
    running('report', { activity: 'restoring', elapsedMs: 100 }),
    running('clean', { activity: 'keeping', elapsedMs: 65_000 }),
  ],
  counts: { ran: 12, restored: 1, failed: 1, skipped: 2, waiting: 20 },
  elapsedMs: 134_000,
  left: { durationMs: 61_000, isAtLeast: false },
};

suite('frame() shows what is going on', (test) => {
  test('a line for each running stage, then the counts', () => {
    assert.equal(frame(BUSY, { columns: 110, rows: 24 }, false), [
      'loading...',
      '  train                12 s  ████████████░░░░░░░░  1200/2000 epochs  8 s left',
      '  monthly@2019-01       3 s  7 s left',
      '  monthly@2019-02      11 s  (took 10 s before)',
      '  collect               3 s  41 pages',
      '  report                0 s  restoring',
      '  clean           1 min 5 s  keeping its outs',
      '12 done, 1 restored, 1 failed, 2 skipped, 6 running, 20 to go · 2 min 14 s · about 1 min 1 s left',
    ]);
  });

  test('with colours', () => {
    const view = { ...EMPTY, running: [running('a', { progress: { done: 1, total: 2, note: undefined } })] };
    assert.equal(frame({ ...view, counts: { ...COUNTS, failed: 1 } }, SCREEN, true), [
      '  \x1b[1ma\x1b[0m\x1b[2m       3 s\x1b[0m  \x1b[36m██████████░░░░░░░░░░\x1b[0m  1/2\x1b[2m  3 s left\x1b[0m',
      '0 done, \x1b[31m1 failed\x1b[0m, 1 running\x1b[2m · 0 s\x1b[0m',
    ]);
  });

  test('on a narrow screen', () => {
    assert.equal(frame({ ...BUSY, partialLine: '' }, { columns: 44, rows: 4 }, false), [
      '  train      12 s  ██████░░░░  1200/2000 e…',
      '  and 5 more',
      '12 done, 1 restored, 1 failed, 2 skipped, …',
    ]);
  });

  test('that it is stopping', () => {
    assert.equal(frame({ ...EMPTY, isStopping: true }, SCREEN, false), [
      'Stopping · 0 done, 0 running · 0 s',
    ]);
  });

  test('more than what is known', () => {
    const left = { durationMs: 5000, isAtLeast: true };
    assert.equal(frame({ ...EMPTY, left }, SCREEN, false), ['0 done, 0 running · 0 s · more than 5 s left']);
  });

  table(
    test,
    [
      {
        name: 'more done than there is',
        progress: { done: 9, total: 2, note: undefined },
        shown: /█{20} {2}9\/2/,
      },
      {
        name: 'less than nothing done',
        progress: { done: -1, total: 2, note: undefined },
        shown: /░{20} {2}-1\/2/,
      },
      { name: 'of nothing', progress: { done: 0, total: 0, note: undefined }, shown: /3 s {2}0\/0$/ },
      { name: 'no number', progress: { done: NaN, total: 2, note: undefined }, shown: /NaN\/2/ },
      {
        name: 'a note with controls',
        progress: { done: 1, total: 2, note: '\x1b[2J\n\u202e' },
        shown: /␛\[2J \ufffd/,
      },
    ],
    ({ progress, shown }) => {
      assert.match(frame({ ...EMPTY, running: [running('a', { progress })] }, SCREEN, false)[0]!, shown);
    },
  );

  const text = fc.string({ unit: 'grapheme', maxLength: 90 });
  const stage = fc.record({
    name: text,
    activity: fc.constantFrom('running' as const, 'restoring' as const, 'keeping' as const),
    elapsedMs: fc.nat(10_000_000),
    progress: fc.option(
      fc.record({
        done: fc.double(),
        total: fc.option(fc.double(), { nil: undefined }),
        note: fc.option(text, { nil: undefined }),
      }),
      { nil: undefined },
    ),
    expectedMs: fc.option(fc.nat(1_000_000), { nil: undefined }),
  });
  test('narrower and shorter than any screen, without control characters, the same with and without colours', () => {
    const size = fc.record({
      columns: fc.integer({ min: 20, max: 130 }),
      rows: fc.integer({ min: 3, max: 30 }),
    });
    fc.assert(
      fc.property(size, text, fc.array(stage, { maxLength: 12 }), (screen, partialLine, stages) => {
        const view = { ...BUSY, partialLine, running: stages };
        const lines = frame(view, screen, false);
        assert.ok(lines.length < screen.rows, `${lines.length} lines`);
        for (const line of lines) {
          const columns = cellsOf(line).reduce((sum, cell) => sum + cell.columns, 0);
          assert.ok(columns < screen.columns, line);
          assert.not.match(line, /\p{Cc}/u);
        }
        const coloured = frame(view, screen, true).map((line) => line.replaceAll(/\x1b\[\d*m/g, ''));
        assert.equal(coloured, lines);
      }),
      { numRuns: 200 },
    );
  });
});

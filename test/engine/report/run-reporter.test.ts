import * as assert from 'uvu/assert';
import type { Diagnostic } from '../../../engine/core/index.ts';
import { createRunReporter, type RunReporterOptions } from '../../../engine/report/run-reporter.ts';
import type { RunEvent, StageOutcome } from '../../../engine/run/index.ts';
import { suite, table } from '../../support/suite.ts';
import { resolveNative } from '../template/resolve.ts';

const [A, B] = resolveNative('stages:\n  a: {cmd: "make a\\nand b\\n"}\n  b: {module: b.ts}\n').stages;
const NEW = [{ kind: 'never-ran' }, { kind: 'forced' }] as const;
const FAILURE: Diagnostic = { code: 'E_STAGE_FAILED', message: 'Stage "a" failed: exit code 3' };
const bytes = (text: string): Uint8Array => Buffer.from(text);

/** `a` fails while `b` runs and prints. */
const EVENTS: readonly RunEvent[] = [
  { kind: 'started', stage: A!, because: NEW },
  { kind: 'output', stage: 'a', chunk: bytes('a1\n') },
  { kind: 'started', stage: B!, because: NEW.slice(0, 1) },
  { kind: 'output', stage: 'b', chunk: bytes('b1\n') },
  { kind: 'output', stage: 'a', chunk: bytes('a2\n') },
  { kind: 'finished', stage: A!, outcome: { kind: 'failed', why: [FAILURE] } },
  { kind: 'output', stage: 'b', chunk: bytes('b2\n') },
  { kind: 'finished', stage: B!, outcome: { kind: 'ran', because: NEW, durationMs: 1250 } },
];

function shown(events: readonly RunEvent[], options: Partial<RunReporterOptions>): string {
  let text = '';
  const add = (more: string | Uint8Array): void => {
    text += typeof more === 'string' ? more : Buffer.from(more).toString();
  };
  const error = (more: string): void => {
    text += more.replaceAll(/^/gm, '! ').replace(/! $/, '');
  };
  const { report } = createRunReporter({
    verbosity: 'normal',
    isSerial: false,
    isExplaining: false,
    out: add,
    error,
    ...options,
  });
  for (const event of events) report(event);
  return text;
}

suite('createRunReporter() shows a run', (test) => {
  test('with each stage whole, its reason also where it fails', () => {
    assert.is(
      shown(EVENTS, {}),
      `Running stage 'a': is not in the lock, and 1 more
> make a
> and b
a1
a2
! error[E_STAGE_FAILED]: Stage "a" failed: exit code 3
Running stage 'b': is not in the lock
> b.ts
b1
b2
Stage 'b' done in 1.3 s

`,
    );
  });

  test('as it comes, where only one runs at a time', () => {
    const serial = EVENTS.filter((event) => !('stage' in event) || event.stage === 'a' || event.stage === A);
    assert.is(
      shown(serial, { isSerial: true }),
      `Running stage 'a': is not in the lock, and 1 more
> make a
> and b
a1
a2
! error[E_STAGE_FAILED]: Stage "a" failed: exit code 3
`,
    );
  });

  test('quietly: outputs and errors alone', () => {
    assert.is(
      shown(EVENTS, { verbosity: 'quiet' }),
      'a1\na2\n! error[E_STAGE_FAILED]: Stage "a" failed: exit code 3\nb1\nb2\n',
    );
  });

  const ends: readonly { name: string; outcome: StageOutcome; text: string; verbose?: string }[] = [
    { name: 'fresh', outcome: { kind: 'fresh' }, text: '', verbose: "Stage 'a' didn't change, skipping\n" },
    { name: 'frozen', outcome: { kind: 'frozen' }, text: '', verbose: "Stage 'a' is frozen, skipping\n" },
    {
      name: 'restored',
      outcome: { kind: 'restored', because: [{ kind: 'out-missing', path: 'x' }] },
      text: "Restored stage 'a' from the cache: out x is missing\n",
    },
    {
      name: 'skipped for what it needs',
      outcome: { kind: 'skipped', upstream: ['b', 'c', 'd', 'e', 'f'] },
      text: "Skipped stage 'a': needs b, c, d and 2 more\n",
    },
    { name: 'skipped because the run stops', outcome: { kind: 'skipped', upstream: [] }, text: '' },
    { name: 'cancelled', outcome: { kind: 'cancelled' }, text: '' },
  ];
  table(test, ends, ({ outcome, text, verbose = text }) => {
    const events: readonly RunEvent[] = [{ kind: 'finished', stage: A!, outcome }];
    assert.is(shown(events, {}), text);
    assert.is(shown(events, { verbosity: 'verbose' }), verbose);
  });

  test('and what happens beside the stages, on the error stream', () => {
    assert.is(
      shown(
        [
          { kind: 'waiting-for-lock', holder: 'process 7 (dvc repro)' },
          { kind: 'recovered', stages: ['a', 'b'], endedProcesses: 2 },
          { kind: 'recovered', stages: [], endedProcesses: 0 },
          { kind: 'corrupt-object', digest: 'd751' },
          { kind: 'progress', stage: 'a', done: 1, total: 2, note: undefined },
        ],
        { verbosity: 'quiet' },
      ),
      `! Waiting for process 7 (dvc repro)
! Recovered from a run that was interrupted, ended 2 of its processes, kept what it had made of a, b
! Recovered from a run that was interrupted
! The cache object d751 was damaged and has been removed
`,
    );
  });
});

suite('the last line of a run', (test) => {
  const summary = (outcomes: readonly StageOutcome[], ms = 0): string =>
    createRunReporter({
      verbosity: 'normal',
      isSerial: true,
      isExplaining: false,
      out: () => 0,
      error: () => 0,
    }).summary(new Map(outcomes.map((outcome, i) => [`${i}`, outcome])), ms);

  test('counts what became of the stages', () => {
    const ran: StageOutcome = { kind: 'ran', because: NEW, durationMs: 1 };
    const rest: readonly StageOutcome[] = [
      { kind: 'frozen' },
      { kind: 'fresh' },
      { kind: 'skipped', upstream: [] },
      { kind: 'cancelled' },
      { kind: 'failed', why: [] },
    ];
    assert.is(
      summary([...rest, ran, ran], 61_499),
      '2 ran, 1 failed, 1 skipped, 1 cancelled, 2 unchanged in 1 min 1 s',
    );
  });

  test('says that there was nothing to do', () => {
    assert.is(summary([{ kind: 'fresh' }, { kind: 'frozen' }]), 'Data and pipelines are up to date.');
    assert.is(summary([]), 'Data and pipelines are up to date.');
  });

  table(
    test,
    [
      { name: 'nothing', ms: 0, text: '0 ms' },
      { name: 'nearly a second', ms: 999.4, text: '999 ms' },
      { name: 'so near that it is one', ms: 999.6, text: '1.0 s' },
      { name: 'nearly a minute', ms: 59_960, text: '1 min 0 s' },
      { name: 'nearly two', ms: 119_700, text: '2 min 0 s' },
    ],
    ({ ms, text }) => {
      assert.match(summary([{ kind: 'restored', because: NEW }], ms), ` in ${text}`);
    },
  );
});

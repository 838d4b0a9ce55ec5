import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { nodeFileSystem } from '../../../cache/index.ts';
import { renderDiagnostics } from '../../../engine/core/index.ts';
import type { RunEvent } from '../../../engine/run/index.ts';
import {
  createRecorder,
  gitHead,
  openRunStore,
  type RunRecord,
  resultOf,
  runId,
} from '../../../engine/runs/index.ts';
import { suite, table } from '../../support/suite.ts';
import { graphOf, manifestOf } from '../graph/graph-of.ts';

const GRAPH = graphOf(manifestOf('a: -> x; b: x -> y; c: -> z'));
const [A, B, C] = GRAPH.order.map((name) => GRAPH.stages.get(name)!);
const BECAUSE = [{ kind: 'never-ran' }] as const;
const HEAD = {
  id: '20260301-142233.512-4f2a',
  args: ['repro'],
  startedAt: '2026-03-01T14:22:33.512Z',
  revision: undefined,
  jobs: 2,
  engine: { pid: 1, startTime: '' },
};

/** Events at 0, 100, 200, ... ms. */
function recorded(events: readonly RunEvent[]): {
  readonly saved: readonly RunRecord[];
  readonly last: RunRecord;
} {
  const saved: RunRecord[] = [];
  let nowMs = 1000;
  const recorder = createRecorder({
    head: HEAD,
    startedMs: 1000,
    plan: {
      stages: [
        { stage: A!, verdict: { kind: 'run', because: BECAUSE } },
        { stage: B!, verdict: { kind: 'pending', on: ['a'] } },
        { stage: C!, verdict: { kind: 'fresh' } },
      ],
    },
    graph: GRAPH,
    clock: { nowMs: () => nowMs },
    describe: (change) => ({ kind: change.kind, text: `because ${change.kind}` }),
    save: (record) => saved.push(record),
  });
  for (const event of events) {
    recorder.observe(event);
    nowMs += 100;
  }
  return { saved, last: recorder.finish(1) };
}

const USAGE = { cpuMs: 40, maxRssBytes: 5000 };

suite('createRecorder() keeps the record of a run', (test) => {
  test('of stages that ran and failed, with their times, what they used, and why', () => {
    const { saved, last } = recorded([
      { kind: 'started', stage: A!, because: BECAUSE },
      { kind: 'ended', stage: 'a', exit: { kind: 'exited', code: 0, durationMs: 90, usage: USAGE } },
      { kind: 'finished', stage: A!, outcome: { kind: 'ran', because: BECAUSE, durationMs: 90 } },
      { kind: 'started', stage: B!, because: BECAUSE },
      {
        kind: 'ended',
        stage: 'b',
        exit: { kind: 'signalled', signal: 'SIGKILL', durationMs: 90, usage: USAGE },
      },
      {
        kind: 'finished',
        stage: B!,
        outcome: { kind: 'failed', why: [{ code: 'E_X', message: 'It broke' }] },
      },
      { kind: 'finished', stage: C!, outcome: { kind: 'fresh' } },
    ]);
    const common = {
      group: undefined,
      because: [{ kind: 'never-ran', text: 'because never-ran' }],
      ...USAGE,
    };
    assert.equal(last, {
      version: 1,
      ...HEAD,
      end: { kind: 'ended', exitCode: 1, durationMs: 700 },
      stages: [
        {
          ...common,
          name: 'a',
          verdict: 'run',
          outcome: 'ran',
          needs: [],
          startMs: 0,
          durationMs: 200,
          exitCode: 0,
          signal: undefined,
          errors: [],
        },
        {
          ...common,
          name: 'b',
          verdict: 'pending',
          outcome: 'failed',
          needs: ['a'],
          startMs: 300,
          durationMs: 200,
          exitCode: undefined,
          signal: 'SIGKILL',
          errors: ['It broke'],
        },
      ],
      unchanged: ['c'],
    });
    assert.equal(saved.at(-1), last);
  });

  test('that is open from the first start on: a kill leaves it so', () => {
    const { saved } = recorded([{ kind: 'started', stage: A!, because: BECAUSE }]);
    assert.equal(saved[0]!.end, { kind: 'open', seenMs: 0 });
    assert.equal(
      saved[0]!.stages.map(({ name, outcome }) => [name, outcome]),
      [
        ['a', 'running'],
        ['b', 'waiting'],
      ],
    );
    assert.is(
      resultOf(saved[0]!, () => true),
      'running',
    );
    assert.is(
      resultOf(saved[0]!, () => false),
      'killed',
    );
  });
});

function inStore<T>(body: (state: string) => T): T {
  const state = mkdtempSync(join(tmpdir(), 'dvc-like-runs-'));
  try {
    return body(state);
  } finally {
    rmSync(state, { recursive: true });
  }
}

const record = (id: string): RunRecord => ({
  version: 1,
  ...HEAD,
  id,
  end: { kind: 'ended', exitCode: 0, durationMs: 5 },
  stages: [],
  unchanged: [],
});

suite('openRunStore() finds runs again', (test) => {
  const ids = ['20260301-142233.512-aaaa', '20260301-150000.000-bbbb', '20270101-000000.000-cccc'];
  table(
    test,
    [
      { name: 'last', is: ids[2] },
      { name: '2027', is: ids[2] },
      { name: 'bbbb', is: ids[1] },
      { name: ids[0]!, is: ids[0] },
      { name: '20260301', is: 'error[E_UNKNOWN_RUN]: 2 runs begin or end with "20260301"' },
      { name: '1999', is: 'error[E_UNKNOWN_RUN]: There is no run "1999"' },
    ],
    ({ name, is }) =>
      inStore((state) => {
        const store = openRunStore(nodeFileSystem, state);
        for (const id of ids) store.save(record(id));
        const found = store.find(name);
        assert.is(found.ok ? found.value.id : renderDiagnostics(found.error).split('\n')[0], is);
      }),
  );

  test('where there is none', () =>
    inStore((state) => {
      const found = openRunStore(nodeFileSystem, state).find('last');
      assert.is(found.ok, false);
    }));

  test('and leaves out what is damaged', () =>
    inStore((state) => {
      const store = openRunStore(nodeFileSystem, state);
      store.save(record('20260301-142233.512-aaaa'));
      writeFileSync(join(state, 'runs', '20260301-142233.512-aaaa.json'), '{"version":');
      assert.is(store.read('20260301-142233.512-aaaa'), undefined);
    }));

  test('keeps the last two hundred', () =>
    inStore((state) => {
      mkdirSync(join(state, 'runs'));
      for (let i = 0; i < 205; i++)
        writeFileSync(join(state, 'runs', `2026${String(i).padStart(4, '0')}.json`), '{}');
      const store = openRunStore(nodeFileSystem, state);
      store.prune();
      store.save(record('2027'));
      const left = readdirSync(join(state, 'runs')).sort();
      assert.is(left.length, 200);
      assert.is(left[0], '20260006.json');
    }));
});

suite('runId() sorts by time', (test) => {
  test('to the millisecond', () => {
    assert.is(runId(Date.UTC(2026, 2, 1, 14, 22, 33, 512), '4f2a'), '20260301-142233.512-4f2a');
    assert.ok(runId(1e12, 'ffff') < runId(1e12 + 1, '0000'));
  });
});

suite('gitHead() reads the commit', (test) => {
  const COMMIT = '0123456789abcdef0123456789abcdef01234567';
  table<{
    readonly name: string;
    readonly files: Readonly<Record<string, string>>;
    readonly is: string | undefined;
  }>(
    test,
    [
      {
        name: 'of a branch',
        files: { '.git/HEAD': 'ref: refs/heads/main\n', '.git/refs/heads/main': `${COMMIT}\n` },
        is: COMMIT,
      },
      {
        name: 'of a packed branch',
        files: {
          '.git/HEAD': 'ref: refs/heads/main\n',
          '.git/packed-refs': `# pack\n${COMMIT} refs/heads/main\n`,
        },
        is: COMMIT,
      },
      { name: 'alone', files: { '.git/HEAD': `${COMMIT}\n` }, is: COMMIT },
      {
        name: 'of a worktree',
        files: {
          '.git': 'gitdir: main/.git/worktrees/w\n',
          'main/.git/worktrees/w/HEAD': 'ref: refs/heads/w\n',
          'main/.git/worktrees/w/commondir': '../..\n',
          'main/.git/refs/heads/w': COMMIT,
        },
        is: COMMIT,
      },
      { name: 'not before the first one', files: { '.git/HEAD': 'ref: refs/heads/main\n' }, is: undefined },
    ],
    ({ files, is }) =>
      inStore((root) => {
        for (const [path, text] of Object.entries(files)) {
          mkdirSync(join(root, path, '..'), { recursive: true });
          writeFileSync(join(root, path), text);
        }
        mkdirSync(join(root, 'deep/inside'), { recursive: true });
        assert.is(gitHead(nodeFileSystem, join(root, 'deep/inside')), is);
      }),
  );
});

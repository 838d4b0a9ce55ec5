import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import * as assert from 'uvu/assert';
import { nodeFileSystem } from '../../../cache/index.ts';
import type { RunEvent } from '../../../engine/run/index.ts';
import { openStageLogs, readStageLog } from '../../../engine/runs/index.ts';
import { logName } from '../../../engine/runs/stage-logs.ts';
import { suite, table } from '../../support/suite.ts';
import { resolveNative } from '../template/resolve.ts';

const [STAGE] = resolveNative('stages:\n  a: {cmd: x}\n').stages;
const LIMITS = { headBytes: 6, tailBytes: 4 };

const started: RunEvent = { kind: 'started', stage: STAGE!, because: [] };
const finished: RunEvent = { kind: 'finished', stage: STAGE!, outcome: { kind: 'cancelled' } };
const output = (text: string): RunEvent => ({ kind: 'output', stage: 'a', chunk: Buffer.from(text) });

function inDirectory<T>(body: (directory: string) => T): T {
  const top = mkdtempSync(join(tmpdir(), 'dvc-like-logs-'));
  try {
    return body(join(top, 'logs'));
  } finally {
    rmSync(top, { recursive: true });
  }
}

function logged(chunks: readonly string[]): string | undefined {
  return inDirectory((directory) => {
    const { observe } = openStageLogs(nodeFileSystem, directory, LIMITS);
    for (const event of [started, ...chunks.map(output), finished]) observe(event);
    return readStageLog(nodeFileSystem, directory, STAGE!)?.toString();
  });
}

suite('openStageLogs() keeps what a stage wrote', (test) => {
  table(
    test,
    [
      { name: 'whole where it is short', chunks: ['ab', 'cd'], log: 'abcd' },
      { name: 'whole to the limits', chunks: ['abcdef', 'ghij'], log: 'abcdefghij' },
      {
        name: 'head and tail where it is long',
        chunks: ['abcd', 'efgh', 'ijkl', 'mnop'],
        log: 'abcdef\n[... 6 bytes left out ...]\nmnop',
      },
      {
        name: 'of one long chunk too',
        chunks: ['abcdefghijklmnop'],
        log: 'abcdef\n[... 6 bytes left out ...]\nmnop',
      },
      { name: 'nothing of nothing', chunks: [], log: undefined },
    ],
    ({ chunks, log }) => {
      assert.is(logged(chunks), log);
    },
  );

  test('no byte is lost or doubled, however it is cut into chunks', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ minLength: 1, maxLength: 5, unit: fc.constantFrom('a', 'b') })),
        (chunks) => {
          const all = chunks.join('');
          const left = all.length - 10;
          const expected =
            left > 0 ? `${all.slice(0, 6)}\n[... ${left} bytes left out ...]\n${all.slice(-4)}` : all;
          assert.is(logged(chunks) ?? '', expected);
        },
      ),
      { numRuns: 50 },
    );
  });

  test('the next run of the stage begins anew, also where it writes nothing', () =>
    inDirectory((directory) => {
      const first = openStageLogs(nodeFileSystem, directory, LIMITS);
      for (const event of [started, output('old'), finished]) first.observe(event);
      const second = openStageLogs(nodeFileSystem, directory, LIMITS);
      for (const event of [started, finished]) second.observe(event);
      assert.is(readStageLog(nodeFileSystem, directory, STAGE!), undefined);
    }));

  test('the head is there before the stage has ended', () =>
    inDirectory((directory) => {
      const { observe } = openStageLogs(nodeFileSystem, directory, LIMITS);
      for (const event of [started, output('abc')]) observe(event);
      assert.equal(readdirSync(directory), ['a.log']);
      assert.is(readFileSync(join(directory, 'a.log'), 'utf8'), 'abc');
    }));
});

suite("logName() is a file's name, whatever the stage's", (test) => {
  table(
    test,
    [
      { stage: 'train', is: 'train.log' },
      { stage: 'monthly@2019-01', is: 'monthly@2019-01.log' },
      { stage: 'a/../../b', is: 'a%2F..%2F..%2Fb.log' },
      { stage: '..', is: '...log' },
    ].map((row) => ({ ...row, name: row.stage })),
    ({ stage, is }) => {
      assert.is(logName(stage), is);
    },
  );
  test('long ones are cut, and stay different', () => {
    const [a, b] = [`${'x'.repeat(300)}a`, `${'x'.repeat(300)}b`];
    assert.is.not(logName(a), logName(b));
    assert.ok(logName(a).length < 240);
  });
});

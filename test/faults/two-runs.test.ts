import { existsSync } from 'node:fs';
import * as assert from 'uvu/assert';
import { type Project, type Started, withProject } from '../support/project.ts';
import { suite } from '../support/suite.ts';
import { until } from './processes.ts';

/** Each run of the stage waits for the file `go`. */
const WAITING = `stages:
  wait:
    cmd: |
      touch waiting
      while ! test -e go; do sleep 0.02; done
      cat a > b
    deps: [a]
    outs: [b]
`;

suite('of two runs at once', (test) => {
  test('the second waits, says for whom, and finds everything done', () =>
    withWaitingRun(async (p, first) => {
      const second = p.start('repro');
      const told = firstWords(second);
      assert.match(
        await told,
        new RegExp(`^Waiting for process ${first.child.pid!} \\(.*dvc-like.js repro\\)\n`),
      );
      await p.write({ go: '' });
      const [one, two] = await Promise.all([first.finished, second.finished]);
      assert.is(one.exitCode, 0, one.stderr);
      assert.is(two.exitCode, 0, two.stderr);
      assert.match(one.stdout, /1 ran/);
      assert.match(two.stdout, /up to date/);
    }));

  test('the second gives up after 5 s, with exit code 3 and nothing changed', () =>
    withWaitingRun(async (p, first) => {
      const startedMs = performance.now();
      const second = await p.run('repro');
      assert.is(second.exitCode, 3);
      assert.match(second.stderr, new RegExp(`E_LOCK_HELD.*process ${first.child.pid!} `));
      assert.match(second.stderr, /--wait/);
      assert.ok(performance.now() - startedMs >= 5000);
      await p.write({ go: '' });
      assert.is((await first.finished).exitCode, 0);
    }));

  test('the second waits on with --wait', () =>
    withWaitingRun(async (p, first) => {
      const second = p.start('repro', '--wait');
      await firstWords(second);
      const waitingSinceMs = performance.now();
      await until('it has waited longer than 5 s', () => performance.now() - waitingSinceMs > 5500);
      assert.is(second.child.exitCode, null);
      await p.write({ go: '' });
      assert.is((await first.finished).exitCode, 0);
      assert.is((await second.finished).exitCode, 0);
    }));

  test('one that was killed holds nobody up', () =>
    withWaitingRun(async (p, first) => {
      first.child.kill('SIGKILL');
      await first.finished;
      await p.write({ go: '' });
      const { exitCode, stderr } = await p.run('repro');
      assert.is(exitCode, 0);
      assert.not.match(stderr, /Waiting/);
    }));

  test('commands that only look do not wait', () =>
    withWaitingRun(async (p) => {
      assert.match((await p.run('status')).stdout, /wait/);
    }));
});

/** A project in which a run waits for the file `go`. */
function withWaitingRun(body: (project: Project, first: Started) => Promise<void>): Promise<void> {
  return withProject({ 'dvc-like.yaml': WAITING, a: '1' }, async (p) => {
    const first = p.start('repro');
    try {
      await until('the stage runs', () => existsSync(p.path('waiting')));
      await body(p, first);
    } finally {
      await p.write({ go: '' });
      await first.finished;
    }
  });
}

const firstWords = ({ child }: Started): Promise<string> =>
  new Promise((resolve) => {
    child.stderr?.once('data', (chunk: Buffer) => {
      resolve(chunk.toString());
    });
  });

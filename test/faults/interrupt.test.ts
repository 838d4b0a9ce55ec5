import * as assert from 'uvu/assert';
import { type Project, type Started, withProject } from '../support/project.ts';
import { suite, table } from '../support/suite.ts';
import { checkObjects } from './invariants.ts';
import { stageProcesses, until } from './processes.ts';

/** `tidy` takes its time over its end; a child of `nested` leads a process group of its own. */
const MANIFEST = `stages:
  done:
    cmd: cat a > b
    deps: [a]
    outs: [b]
  tidy:
    cmd: |
      trap 'sleep 0.3; echo tidied > tidied; exit 1' TERM
      echo half > c
      sleep 1000 & wait
    deps: [b]
    outs: [c]
  nested:
    cmd: bash -c 'set -m; sleep 1000 & sleep 1000'
    deps: [b]
    outs: [d]
  after:
    cmd: cat c d > e
    deps: [c, d]
    outs: [e]
`;

suite('an interrupt stops the children first, then records what had finished', (test) => {
  table(
    test,
    [
      { name: 'Ctrl-C', signal: 'SIGINT' as const },
      { name: 'SIGTERM', signal: 'SIGTERM' as const },
      { name: 'a terminal that closes', signal: 'SIGHUP' as const },
    ],
    ({ signal }) =>
      withRunning(async (p, { child, finished }) => {
        child.kill(signal);
        const { exitCode, stderr } = await finished;
        assert.is(exitCode, 130, stderr);
        assert.is(await p.read('tidied'), 'tidied\n');
        assert.equal(await lockedNames(p), ['done']);
        assert.not(await p.exists('.dvc-like/tmp/dvc-like/journal'));
        checkObjects(p.root);
        const again = await p.repro('done');
        assert.equal(again.statuses, { done: 'fresh' });
        assert.is(again.stderr, '');
      }),
  );

  test('a second Ctrl-C changes nothing of that', () =>
    withRunning(async (p, { child, finished }) => {
      child.kill('SIGINT');
      await until('the stage tidies', () => stageProcesses(p.root).includes('sleep 0.3'));
      child.kill('SIGINT');
      assert.is((await finished).exitCode, 130);
      assert.equal(await lockedNames(p), ['done']);
    }));
});

/** Runs until both long stages are at it. No process of theirs is left after `body`. */
function withRunning(body: (project: Project, run: Started) => Promise<void>): Promise<void> {
  return withProject({ 'dvc-like.yaml': MANIFEST, a: '1' }, async (p) => {
    const run = p.start('repro', '-j', '2');
    await until('the stages run', () => isAtIt(p));
    await body(p, run);
    await until('nothing is left', () => stageProcesses(p.root).length === 0);
  });
}

const isAtIt = (p: Project): boolean =>
  stageProcesses(p.root).filter((command) => command === 'sleep 1000').length === 3;

const lockedNames = async (p: Project): Promise<readonly string[]> =>
  Object.keys(((await p.lock()) as { readonly stages: object }).stages);

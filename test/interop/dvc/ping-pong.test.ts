/**
 * Real DVC and `dvc-like` take turns in one repository. After each turn the other one finds nothing to do.
 *
 * @module
 */

import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { startMoto } from '../../cache/remotes/remotes.ts';
import { suite } from '../../support/suite.ts';
import { NO_DVC, startDvc } from './real-dvc.ts';
import { makeRepository, runOurs } from './repository.ts';
import { pipeline } from './scenarios/pipeline.ts';
import { takeShellStep } from './side-by-side.ts';

const FILES = {
  'dvc.yaml': pipeline({
    prep: { deps: ['in', 'd'], outs: ['o'], cmd: 'mkdir -p o/p; cat in d/* > o/p/x; echo y > o/y' },
    train: { deps: ['o'], outs: ['model'], cmd: 'cat o/p/x o/y > model', more: 'params:\n- lr' },
    score: {
      deps: ['model'],
      cmd: 'wc -c < model > chars; echo "{\\"n\\": $(cat chars)}" > m.json; rm chars',
      more: 'metrics:\n- m.json:\n    cache: false',
    },
  }),
  'params.yaml': 'lr: 0.1\n',
  in: 'one\n',
  'd/a': 'a\n',
};

/** What happens between two looks; by turns by the one and the other. */
const TURNS: readonly (readonly [edit: string, ...command: readonly string[]])[] = [
  ['', 'repro'],
  ['echo two > in', 'repro'],
  ['', 'push', '--run-cache'],
  ['sed -i s/0.1/0.2/ params.yaml', 'repro'],
  ['rm -rf o model', 'checkout'],
  ['echo one > in; sed -i s/0.2/0.1/ params.yaml', 'repro'],
  ['rm -rf o; rm model m.json', 'repro'],
  ['', 'gc', '-w', '-f'],
  ['', 'push'],
  ['rm -rf .dvc/cache o model', 'pull'],
  ['echo three > d/b', 'repro'],
  ['', 'push', '--run-cache'],
  ['rm d/b', 'repro'],
  ['rm -rf .dvc/cache', 'pull', '--run-cache'],
  ['sed -i "s/cat o/cat  o/" dvc.yaml', 'repro'],
  ['rm -f model; echo by hand > model', 'commit', '-f'],
  ['', 'repro', '-f'],
  ['', 'push'],
  ['rm -rf .dvc/cache/files', 'fetch'],
  ['rm -rf o', 'checkout'],
  ['echo four > in', 'repro'],
  ['', 'gc', '-w', '-f'],
];

/** @param config The text of `.dvc/config`. */
async function playTurns(config: string): Promise<void> {
  const top = realpathSync(mkdtempSync(join(tmpdir(), 'dvc-like-ping-pong-')));
  const dvc = startDvc();
  try {
    const repository = await makeRepository(join(top, 'r'), { ...FILES, '.dvc/config': config }, dvc);
    const { root, env } = repository;
    for (const [i, [edit, ...command]] of TURNS.entries()) {
      takeShellStep(edit, repository);
      const [tool, other] = i % 2 === 0 ? [dvc.run, runOurs] : [runOurs, dvc.run];
      const done = await tool(command, root, env);
      const turn = `turn ${i + 1}, ${i % 2 === 0 ? 'DVC' : 'dvc-like'} ${command.join(' ')}`;
      assert.is(done.exitCode, 0, `${turn}: ${done.stdout}${done.stderr}`);
      const status = await other(['status', '--json'], root, env);
      assert.equal(JSON.parse(status.stdout), {}, `after ${turn}: ${status.stdout}${status.stderr}`);
    }
  } finally {
    dvc.close();
    rmSync(top, { recursive: true, force: true, maxRetries: 5 });
  }
}

const configText = (url: string, more: readonly string[] = []): string =>
  [`[core]`, `    remote = far`, `['remote "far"']`, `    url = ${url}`, ...more, ''].join('\n');

suite('DVC and dvc-like take turns', { skip: NO_DVC, timeoutMs: 300_000 }, (test) => {
  test(`${TURNS.length} of them with a remote in a directory, and the other one finds all in order`, () =>
    playTurns(configText('../../../far')));

  test('with a bucket of S3', async () => {
    const { endpoint, stop } = await startMoto();
    try {
      await fetch(`${endpoint}/bucket`, { method: 'PUT' });
      const more = [
        `endpointurl = ${endpoint}`,
        'region = us-east-1',
        'access_key_id = key',
        'secret_access_key = secret',
      ];
      await playTurns(configText('s3://bucket/some/where', more));
    } finally {
      stop();
    }
  });
});

import { statSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import * as assert from 'uvu/assert';
import { type Project, withProject } from '../support/project.ts';
import { note, suite } from '../support/suite.ts';
import { checkLockedObjects, checkObjects, tracesOf } from './invariants.ts';
import { checkClaims, MANIFEST, source } from './pipeline.ts';
import { stageProcesses } from './processes.ts';

const KILLS = 50;
const SEED = 20190101;

suite('repro survives kill -9 at any moment', { timeoutMs: 300_000 }, (test) => {
  test(`${KILLS} random kills of the engine alone: nothing is lost and nothing lies`, () =>
    withProject({ 'dvc-like.yaml': MANIFEST, source: source(1) }, (killed) =>
      withProject({ 'dvc-like.yaml': MANIFEST, source: source(1) }, async (undisturbed) => {
        const random = randomNumbers(SEED);
        const sources = [source(1)];
        let reference = undisturbed.run('repro', '-j', '2');
        let kills = 0;
        const hasEnded = async (): Promise<void> => {
          assert.is((await reference).exitCode, 0);
          assert.equal(stageProcesses(killed.root), []);
          assert.equal(tracesOf(killed.root), tracesOf(undisturbed.root));
        };
        while (kills < KILLS) {
          const wasKilled = await killSometime(killed, random);
          checkObjects(killed.root);
          checkLockedObjects(killed.root);
          checkClaims(killed.root, sources);
          if (wasKilled) {
            kills += 1;
            continue;
          }
          await hasEnded();
          sources.push(source(sources.length + 1));
          await killed.write({ source: sources.at(-1)! });
          await undisturbed.write({ source: sources.at(-1)! });
          reference = undisturbed.run('repro', '-j', '2');
        }
        const { exitCode, stdout, stderr } = await killed.run('repro', '-j', '2');
        assert.is(exitCode, 0, stdout + stderr);
        await hasEnded();
        note(`${kills} kills (seed ${SEED}), ${sources.length} versions of the source`);
      }),
    ));
});

/**
 * Starts a run and kills it: mostly while stages run, sometimes before.
 *
 * @returns Whether it was killed; if not, it had ended well before.
 */
async function killSometime(project: Project, random: () => number): Promise<boolean> {
  const journal = project.path('.dvc-like/tmp/dvc-like/journal');
  const left = bornAtMs(journal);
  const { child, finished } = project.start('repro', '-j', '2');
  const isRunning = (): boolean => ![undefined, left].includes(bornAtMs(journal));
  if (random() < 0.85) {
    while (!isRunning() && child.exitCode === null) await setTimeout(1);
    await setTimeout(random() * 600);
  } else {
    await setTimeout(random() * 400);
  }
  child.kill('SIGKILL');
  const { exitCode, stdout, stderr } = await finished;
  if (exitCode !== undefined) assert.is(exitCode, 0, stdout + stderr);
  return exitCode === undefined;
}

const bornAtMs = (path: string): number | undefined => statSync(path, { throwIfNoEntry: false })?.birthtimeMs;

/** Marsaglia's xorshift32, in [0, 1). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

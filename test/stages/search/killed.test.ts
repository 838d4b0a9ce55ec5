import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import * as assert from 'uvu/assert';
import type { Project } from '../../support/project.ts';
import { suite } from '../../support/suite.ts';
import { withStudy } from '../study-project.ts';

const PARAMETERS = {
  'months.train': { from: '2021-01', to: '2021-02' },
  'months.watch': { from: '2021-03', to: '2021-03' },
  'search.n_iter': 12,
} as const;

const MADE = ['models/search.json', 'reports/search/candidates.csv'] as const;

/** Name of each thing that the search has kept to when it was written. */
async function keptBy(project: Project): Promise<ReadonlyMap<string, number>> {
  const top = project.path('.dvc-like/tmp');
  const paths = await readdir(top, { recursive: true }).catch(() => []);
  const kept = new Map<string, number>();
  for (const path of paths.filter((each) => /candidate-\d+(-fold-\d+\.arrays|\.json)$/.test(each))) {
    const { mtimeMs } = await stat(join(top, path)).catch(() => ({ mtimeMs: undefined }));
    if (mtimeMs !== undefined) kept.set(basename(path), mtimeMs);
  }
  return kept;
}

const fitsIn = (kept: ReadonlyMap<string, number>): number =>
  [...kept.keys()].reduce((fits, name) => fits + (name.endsWith('.json') ? 3 : 1), 0);

/** Kills the search when it has kept so many fits. */
async function killAt(project: Project, fits: number): Promise<ReadonlyMap<string, number>> {
  const { child, finished } = project.start('repro', 'search');
  while (fitsIn(await keptBy(project)) < fits) {
    assert.is(child.exitCode, null, 'The search ended before it was killed');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  child.kill('SIGKILL');
  await finished;
  return keptBy(project);
}

const made = (project: Project): Promise<readonly string[]> =>
  Promise.all(MADE.map((path) => project.read(path)));

async function reproduce(project: Project): Promise<void> {
  const run = await project.run('repro', 'search');
  assert.is(run.exitCode, 0, run.stdout + run.stderr);
}

suite('a search that is killed goes on where it was', { timeoutMs: 300_000 }, (test) => {
  test('twice: no fit is done again, and the bytes are those of an undisturbed run', async () => {
    const undisturbed = await withStudy(PARAMETERS, async (project) => {
      await reproduce(project);
      return made(project);
    });
    await withStudy(PARAMETERS, async (project) => {
      const first = await killAt(project, 4);
      const second = await killAt(project, fitsIn(first) + 4);
      for (const [name, writtenAt] of first) {
        const trial = name.replace(/-fold-.*/, '.json');
        const again = second.get(name);
        assert.ok(
          again === writtenAt || (again === undefined && second.has(trial)),
          `${name} was made again`,
        );
      }
      await reproduce(project);
      assert.equal(await made(project), undisturbed);
      assert.is((await keptBy(project)).size, 0, 'nothing is left of it');
    });
  });
});

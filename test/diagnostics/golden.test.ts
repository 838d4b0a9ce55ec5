import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname } from 'node:path';
import * as assert from 'uvu/assert';
import { changedFiles, filesOf } from '../support/files-of.ts';
import { type Finished, type Project, withProject } from '../support/project.ts';
import { suite, table } from '../support/suite.ts';
import { type Case, parseCases } from './cases.ts';

const casesIn = (name: string): readonly Case[] =>
  parseCases(readFileSync(new URL(`./golden/${name}.txt`, import.meta.url), 'utf8'));

/** In the case's project: a file named `x@` stands for a link to what it holds. */
function withCase({ files }: Case, body: (project: Project) => Promise<void>): Promise<void> {
  const entries = Object.entries(files);
  return withProject(Object.fromEntries(entries.filter(([path]) => !path.endsWith('@'))), async (p) => {
    for (const [path, target] of entries.filter(([each]) => each.endsWith('@'))) {
      mkdirSync(dirname(p.path(path)), { recursive: true });
      symlinkSync(target.trimEnd(), p.path(path.slice(0, -1)));
    }
    await body(p);
  });
}

/** Where the project is differs from run to run. */
const shown = (p: Project, { stderr }: Finished): string =>
  stderr.replaceAll(p.root, '/top/project').replaceAll(dirname(p.root), '/top').trimEnd();

/** What a first command in a project makes, whatever comes of it. */
const NEW_HOME = new Set(['.dvc-like/', '.dvc-like/.gitignore', '.dvc-like/config']);

suite('what is wrong before anything runs is told whole, and nothing is changed', (test) => {
  table(test, casesIn('nothing-runs'), (row) =>
    withCase(row, async (p) => {
      const homes = ['.dvc-like/tmp', '.dvc/tmp'];
      const before = filesOf(p.root, homes);
      const finished = await p.run(...row.args);
      assert.is(shown(p, finished), row.stderr);
      assert.is(finished.exitCode, row.exitCode);
      const after = Object.entries(filesOf(p.root, homes)).filter(
        ([path]) => path in before || !NEW_HOME.has(path),
      );
      assert.equal(changedFiles(before, Object.fromEntries(after)), []);
    }),
  );
});

suite('what goes wrong while stages run is told whole', (test) => {
  table(test, casesIn('while-running'), (row) =>
    withCase(row, async (p) => {
      const finished = await p.run(...row.args);
      assert.is(shown(p, finished), row.stderr);
      assert.is(finished.exitCode, row.exitCode);
    }),
  );
});

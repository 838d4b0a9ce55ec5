import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import * as assert from 'uvu/assert';
import { changedFiles, filesOf } from '../support/files-of.ts';
import { withProject } from '../support/project.ts';
import { suite, table } from '../support/suite.ts';
import { parseCases } from './cases.ts';

const cases = parseCases(readFileSync(new URL('./golden/values.txt', import.meta.url), 'utf8'));

const ENV = {
  GIT_AUTHOR_NAME: 'A',
  GIT_AUTHOR_EMAIL: 'a@example.org',
  GIT_COMMITTER_NAME: 'A',
  GIT_COMMITTER_EMAIL: 'a@example.org',
};

suite('what is wrong with settings, frozen stages and revisions is told whole, and nothing is edited', (test) => {
  table(test, cases, (row) =>
    withProject(
      row.files,
      async (p) => {
        await p.exec('git', 'init', '-q', '-b', 'main');
        await p.exec('git', 'add', '-A');
        await p.exec('git', 'commit', '-q', '-m', 'first');
        const homes = ['.dvc-like', '.git'];
        const before = filesOf(p.root, homes);
        const { exitCode, stderr } = await p.run(...row.args);
        assert.is(stderr.replaceAll(dirname(p.root), '/top').trimEnd(), row.stderr);
        assert.is(exitCode, row.exitCode);
        assert.equal(changedFiles(before, filesOf(p.root, homes)), []);
      },
      { env: ENV },
    ),
  );

  test('outside of git, a difference has nothing to compare with', () =>
    withProject({ 'dvc-like.yaml': 'stages: {}\n' }, async (p) => {
      const { exitCode, stderr } = await p.run('params', 'diff');
      assert.is(
        stderr.replaceAll(p.root, '/project'),
        `error[E_NO_GIT]: /project is not in a git repository, so there is no revision to compare with
  = hint: make it one with "git init" and commit
`,
      );
      assert.is(exitCode, 2);
    }));

  test('before the first commit there is no revision', () =>
    withProject({ 'dvc-like.yaml': 'stages: {}\n' }, async (p) => {
      await p.exec('git', 'init', '-q');
      const { exitCode, stderr } = await p.run('metrics', 'diff');
      assert.is(
        stderr,
        `error[E_UNKNOWN_REVISION]: There is no revision "HEAD"
  = hint: this repository has no commits yet: commit something first
`,
      );
      assert.is(exitCode, 2);
    }));
});

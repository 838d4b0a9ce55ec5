import { readFileSync, writeFileSync } from 'node:fs';
import * as assert from 'uvu/assert';
import { type Project, withProject } from '../support/project.ts';
import { suite, table } from '../support/suite.ts';
import { stageProcesses, until } from './processes.ts';

const JOURNAL = '.dvc-like/tmp/dvc-like/journal';

/** The first run hangs in `hang`, later ones do not. */
const HANGS_ONCE = `stages:
  before:
    cmd: cat source > before
    deps: [source]
    outs: [before]
  hang:
    cmd: |
      test -e hung || { touch hung; sleep 1000 & sleep 1000; }
      cat before > after
    deps: [before]
    outs: [after]
`;

suite('a run after kill -9 puts in order what the killed one left', (test) => {
  table(
    test,
    [
      { name: 'its children, which the journal names', edit: (journal: string) => journal },
      {
        name: 'its children, of which it could not tell any more',
        edit: (journal: string) => journal.replace(/^.*"started".*\n/gm, ''),
      },
      {
        name: 'its children, where the journal is torn',
        edit: (journal: string) => `${journal}{"kind":"rec`,
      },
    ],
    ({ edit }) =>
      withHungRun(async (p) => {
        assert.ok(stageProcesses(p.root).length >= 2);
        writeFileSync(p.path(JOURNAL), edit(readFileSync(p.path(JOURNAL), 'utf8')));
        const run = await p.repro();
        assert.is(run.exitCode, 0, run.stderr);
        assert.match(run.stderr, /Recovered from a run that was interrupted, ended 1 of its processes/);
        assert.equal(stageProcesses(p.root), []);
        assert.equal(run.statuses, { before: 'fresh', hang: 'ran' });
        assert.not(await p.exists(JOURNAL));
      }),
  );

  test('but no process that only has the number of one of them', () =>
    withHungRun(async (p) => {
      const journal = readFileSync(p.path(JOURNAL), 'utf8');
      const elsewhere = journal.replaceAll(/("startTime":"[^"/]*\/)\d+/g, '$19999999999');
      writeFileSync(p.path(JOURNAL), elsewhere);
      await p.run('repro');
      assert.ok(stageProcesses(p.root).length >= 2);
      writeFileSync(p.path(JOURNAL), journal);
      await p.run('repro');
      assert.equal(stageProcesses(p.root), []);
    }));

  test('its finished stages, which go into the lock in plan order', () =>
    withHungRun(async (p) => {
      assert.not(await p.exists('dvc-like.lock'));
      const { stderr } = await p.run('repro', 'before');
      assert.match(stderr, /kept what it had made of before/);
      assert.equal(Object.keys(((await p.lock()) as { stages: object }).stages), ['before']);
    }));

  test('half-written files beside outs, beside the lock and in the cache', () =>
    withHungRun(async (p) => {
      const leftovers = ['.', '.dvc-like/cache/files/md5', '.dvc-like/cache/runs/ab/abc'].map(
        (directory) => `${directory}/.dvc-like-x-y-1.tmp`,
      );
      await p.write(Object.fromEntries(leftovers.map((path) => [path, 'half'])));
      await p.run('repro');
      for (const path of leftovers) assert.not(await p.exists(path), path);
    }));
});

suite('a lock of ours is in plan order after each repro', (test) => {
  test('also where nothing ran: a stage that is gone leaves it', () =>
    withProject({ 'dvc-like.yaml': TWO, a: '1' }, async (p) => {
      await p.repro();
      await p.write({ 'dvc-like.yaml': TWO.replace(/ {2}one:[^]*? {2}two:/, '  two:') });
      const run = await p.repro();
      assert.equal(run.statuses, { two: 'fresh' });
      assert.equal(Object.keys(((await p.lock()) as { stages: object }).stages), ['two']);
    }));
});

const TWO = `stages:
  one:
    cmd: cat a > b
    deps: [a]
    outs: [b]
  two:
    cmd: cat a > c
    deps: [a]
    outs: [c]
`;

/** A project whose run was killed while its second stage hung. */
function withHungRun(body: (project: Project) => Promise<void>): Promise<void> {
  return withProject({ 'dvc-like.yaml': HANGS_ONCE, source: 'x' }, async (p) => {
    const { child, finished } = p.start('repro');
    await until('the stage hangs', () => isHanging(p));
    child.kill('SIGKILL');
    await finished;
    await body(p);
  });
}

const isHanging = (p: Project): boolean =>
  stageProcesses(p.root).filter((command) => command === 'sleep 1000').length === 2;

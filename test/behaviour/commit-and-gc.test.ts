import * as assert from 'uvu/assert';
import { type Project, withProject } from '../support/project.ts';
import { suite } from '../support/suite.ts';

const PIPELINE = `stages:
  a: {cmd: cp in a, deps: [in], outs: [a]}
  b: {cmd: mkdir b && cp a b/x && cp a b/y, deps: [a], outs: [b]}
`;

const commitAll = async (p: Project, message: string): Promise<void> => {
  await p.exec('git', 'init', '-q', '.');
  await p.exec('git', 'add', '-A');
  await p.exec('git', '-c', 'user.name=t', '-c', 'user.email=t@t', 'commit', '-qm', message);
};

suite('commit records what the workspace has now', (test) => {
  test('outs made by hand, and new inputs only by force', () =>
    withProject({ 'dvc-like.yaml': PIPELINE, in: 'one' }, async (p) => {
      await p.repro();
      await p.write({ a: 'by hand', 'b/x': 'by hand' });
      const refused = await p.run('commit');
      assert.is(refused.exitCode, 2);
      assert.match(refused.stderr, 'error[E_COMMIT_CHANGED]: The inputs of stage "b"');
      assert.is((await p.run('commit', '-f')).stdout, '2 stages recorded as they stand\n');
      assert.equal((await p.repro()).verdicts, { a: 'fresh', b: 'fresh' });
      await p.remove('b');
      await p.run('checkout');
      assert.is(await p.read('b/x'), 'by hand');
    }));
});

suite('gc removes what no lock names', (test) => {
  test('says first what would go and what keeps the rest', () =>
    withProject({ 'dvc-like.yaml': PIPELINE, in: 'one' }, async (p) => {
      await p.repro();
      await commitAll(p, 'first');
      await p.write({ in: 'other' });
      await p.repro();
      assert.is((await p.run('gc')).exitCode, 2, 'without a scope');
      assert.is((await p.run('gc', '-w')).exitCode, 2, 'without --force');
      const dry = await p.run('gc', '-w', '--dry');
      assert.match(dry.stdout, /^Kept by the workspace: 2 objects, \d+ B\nTo remove: 2 objects, \d+ B\n$/);
      const all = await p.run('gc', '-A', '--dry');
      assert.match(all.stdout, /Kept by commit [0-9a-f]{8}: 2 objects, .*\nTo remove: 0 objects, 0 B\n$/);
      assert.match((await p.run('gc', '-w', '-f', '--run-cache')).stdout, 'Removed: 2 objects, ');
      assert.equal((await p.repro()).verdicts, { a: 'fresh', b: 'fresh' });
      await p.write({ in: 'one' });
      assert.equal((await p.repro()).statuses, { a: 'ran', b: 'ran' });
    }));
});

suite('commands that write work in a fresh clone', (test) => {
  test('checkout and commit, with the cache but without what a run leaves in the home', () =>
    withProject({ 'dvc-like.yaml': PIPELINE, in: 'one' }, async (p) => {
      await p.repro();
      await p.remove('.dvc-like/tmp');
      await p.remove('a');
      assert.is((await p.run('checkout')).stdout, 'a\n1 out restored\n');
      await p.remove('.dvc-like/tmp');
      assert.is((await p.run('commit')).exitCode, 0);
    }));
});

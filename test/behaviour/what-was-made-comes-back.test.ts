import { chmodSync, statSync } from 'node:fs';
import * as assert from 'uvu/assert';
import { changedFiles, filesOf } from '../support/files-of.ts';
import { withProject } from '../support/project.ts';
import { suite } from '../support/suite.ts';

const FILES = {
  'dvc-like.yaml': `stages:
  prepare:
    cmd: |
      mkdir -p models/tree/deep 'models/empty tree'
      cat raw > models/file
      printf '#!/bin/sh\\necho hello\\n' > models/run.sh
      chmod 744 models/run.sh
      cat raw > models/tree/a
      echo ünï > 'models/tree/deep/ünï ☃'
    deps: [raw]
    outs: [models/file, models/run.sh, models/tree, models/empty tree]
  use: {cmd: 'models/run.sh > reports/used', deps: [models/run.sh], outs: [reports/used]}
  score:
    cmd: 'echo 1 > score.json; echo 2 > scores.csv'
    deps: [models/tree]
    metrics: [score.json: {cache: false}]
    plots: [scores.csv]
`,
  raw: 'raw\n',
};

suite('checkout brings back every out that the lock knows', (test) => {
  test('files, trees and executables, and writes only what differs', () =>
    withProject(FILES, async (p) => {
      await p.repro();
      const made = filesOf(p.root, ['.dvc-like/tmp']);
      await p.remove('models');
      await p.remove('reports');
      const all = await p.run('checkout');
      assert.equal(
        [all.exitCode, all.stdout],
        [0, 'models/empty tree\nmodels/file\nmodels/run.sh\nmodels/tree\nreports/used\n5 outs restored\n'],
      );
      assert.equal(changedFiles(made, filesOf(p.root, ['.dvc-like/tmp'])), []);
      assert.is(statSync(p.path('models/run.sh')).mode & 0o100, 0o100);
      assert.is((await p.run('status', '-q')).exitCode, 0);

      await p.write({
        'models/tree/a': 'by hand',
        'models/tree/more': 'too much',
        'reports/used': 'by hand',
      });
      const refused = await p.run('checkout');
      assert.equal([refused.exitCode, refused.stdout], [1, '']);
      assert.match(refused.stderr, 'of "prepare" would lose a, more, which neither');
      assert.match(refused.stderr, 'of "use" would lose what it holds, which neither');
      assert.is((await p.run('checkout', '-f', 'prepare')).stdout, 'models/tree\n1 out restored\n');
      assert.is(await p.read('reports/used'), 'by hand');
      assert.is((await p.run('checkout', '--force')).stdout, 'reports/used\n1 out restored\n');
      assert.equal(changedFiles(made, filesOf(p.root, ['.dvc-like/tmp'])), []);
      assert.is((await p.run('checkout')).stdout, '0 outs restored\n');
      assert.equal((await p.repro()).statuses, { prepare: 'fresh', use: 'fresh', score: 'fresh' });
    }));

  test('but says so where the cache has it no more, and brings back the rest', () =>
    withProject(FILES, async (p) => {
      await p.repro();
      await p.remove('models');
      await p.remove('reports');
      const { stages } = (await p.lock()) as { stages: { use: { outs: [{ md5: string }] } } };
      const { md5 } = stages.use.outs[0];
      await p.remove(`.dvc-like/cache/files/md5/${md5.slice(0, 2)}`);
      const { exitCode, stderr } = await p.run('checkout');
      assert.is(exitCode, 1);
      assert.match(stderr, 'error[E_RESTORE]: Cannot restore out "reports/used" of "use"');
      assert.ok(await p.exists('models/tree/a'));
      assert.equal((await p.repro()).statuses, { prepare: 'fresh', use: 'ran', score: 'fresh' });
    }));
});

suite('without its lock a project still knows what it made', (test) => {
  test('repro runs no stage, and writes the same lock', () =>
    withProject(FILES, async (p) => {
      await p.repro();
      const made = filesOf(p.root, ['.dvc-like/tmp']);
      await p.remove('dvc-like.lock');
      const dry = await p.repro('--dry');
      assert.equal(dry.verdicts, { prepare: 'restore', use: 'restore', score: 'restore' });
      assert.equal((await p.repro()).statuses, { prepare: 'restored', use: 'restored', score: 'restored' });
      assert.equal(changedFiles(made, filesOf(p.root, ['.dvc-like/tmp'])), []);
    }));

  test('and without its outs too', () =>
    withProject(FILES, async (p) => {
      await p.repro();
      const made = filesOf(p.root, ['.dvc-like/tmp']);
      for (const path of ['dvc-like.lock', 'models', 'reports', 'score.json', 'scores.csv'])
        await p.remove(path);
      assert.equal((await p.repro()).statuses, { prepare: 'restored', use: 'restored', score: 'restored' });
      assert.equal(changedFiles(made, filesOf(p.root, ['.dvc-like/tmp'])), []);
    }));

  test('nor does it need what is ours alone, or a cache to know that its outs are right', () =>
    withProject(FILES, async (p) => {
      await p.repro();
      await p.remove('.dvc-like/tmp');
      assert.is((await p.run('status', '-q')).exitCode, 0);
      chmodSync(p.path('models/file'), 0o600);
      assert.is((await p.run('status', '-q')).exitCode, 0);
    }));
});

suite('what stands in the way of an out is replaced, not followed', (test) => {
  test('a directory where a file was, a file where a tree was', () =>
    withProject(FILES, async (p) => {
      await p.repro();
      const made = filesOf(p.root, ['.dvc-like/tmp']);
      await p.remove('models/file');
      await p.write({ 'models/file/inside': '' });
      await p.remove('models/tree');
      await p.write({ 'models/tree': 'a file' });
      assert.equal((await p.repro()).statuses, { prepare: 'restored', use: 'fresh', score: 'fresh' });
      assert.equal(changedFiles(made, filesOf(p.root, ['.dvc-like/tmp'])), []);
    }));
});

suite('checkout takes away what belonged to another revision', (test) => {
  const EARLIER = FILES['dvc-like.yaml'].replace(/ {2}use: .*\n/, '');

  test('and it comes back with its revision', () =>
    withProject(FILES, async (p) => {
      await p.repro();
      const lock = await p.read('dvc-like.lock');
      await p.write({ 'dvc-like.yaml': EARLIER });
      assert.is((await p.run('checkout', 'prepare')).stdout, '0 outs restored\n');
      assert.is((await p.run('checkout')).stdout, 'reports/used (removed)\n0 outs restored, 1 removed\n');
      assert.not.ok(await p.exists('reports/used'));
      await p.write({ 'dvc-like.yaml': FILES['dvc-like.yaml'], 'dvc-like.lock': lock });
      assert.is((await p.run('checkout')).stdout, 'reports/used\n1 out restored\n');
    }));

  test('unless it was touched, or the cache could not bring it back', () =>
    withProject(FILES, async (p) => {
      await p.repro();
      await p.write({ 'dvc-like.yaml': EARLIER, 'reports/used': 'hello\n' });
      assert.is((await p.run('checkout')).stdout, '0 outs restored\n');
      await p.write({ 'dvc-like.yaml': FILES['dvc-like.yaml'] });
      await p.repro('-f');
      await p.write({ 'dvc-like.yaml': EARLIER });
      await p.remove('.dvc-like/cache');
      assert.is((await p.run('checkout', '-f')).exitCode, 1);
      assert.is(await p.read('reports/used'), 'hello\n');
    }));

  test('nor does a record that a power cut left in pieces stop it', () =>
    withProject(FILES, async (p) => {
      await p.repro();
      await p.write({
        'dvc-like.yaml': EARLIER,
        '.dvc-like/tmp/dvc-like/placed-outs': '["reports/used","ab',
      });
      assert.is((await p.run('checkout')).stdout, '0 outs restored\n');
    }));
});

import { chmodSync, cpSync, existsSync, lstatSync, readdirSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as assert from 'uvu/assert';
import { changedFiles, filesOf } from '../support/files-of.ts';
import { type Project, withProject } from '../support/project.ts';
import { suite, unless } from '../support/suite.ts';

const GOLDEN = fileURLToPath(new URL('../../../../shared/dvc/golden', import.meta.url));
const PYTHON = process.env['DVC_LIKE_PYTHON'];
const DVC = PYTHON === undefined ? undefined : join(dirname(PYTHON), 'dvc');
const NO_GOLDEN = unless(existsSync(GOLDEN), 'the golden DVC repository is not beside this one');
const NO_DVC =
  NO_GOLDEN ?? unless(DVC !== undefined && existsSync(DVC), 'DVC_LIKE_PYTHON names no Python with DVC');

const STAGES = [
  'prep',
  'train@us',
  'train@gb',
  'grid@1-x',
  'grid@1-b1',
  'grid@2-x',
  'grid@2-b1',
  'evaluate',
  'whole',
  'keep',
  'cb',
];
const SETTLED = { ...Object.fromEntries(STAGES.map((name) => [name, 'fresh'])), cb: 'run' };

/** The one file that the lock calls executable. */
const EXECUTABLE = 'run.sh';

/** A copy of the repository that DVC made. */
function withGolden(body: (project: Project) => Promise<void>): Promise<void> {
  return withProject({}, async (p) => {
    cpSync(GOLDEN, p.root, { recursive: true });
    for (const path of readdirSync(p.root, { recursive: true, encoding: 'utf8' }).sort().reverse()) {
      const name = path.slice(path.lastIndexOf('/') + 1);
      if (!path.includes('cache/') && lstatSync(p.path(path)).isFile()) chmodSync(p.path(path), 0o644);
      if (name === EXECUTABLE) chmodSync(p.path(path), 0o744);
      if (name.startsWith('dot-')) renameSync(p.path(path), p.path(join(dirname(path), `.${name.slice(4)}`)));
    }
    await p.exec('git', 'init', '-q');
    await body(p);
  });
}

suite('in a repository that DVC made', { skip: NO_GOLDEN }, (test) => {
  test('everything is fresh but the callback, and looking changes nothing', () =>
    withGolden(async (p) => {
      const before = filesOf(p.root);
      assert.equal((await p.repro('--dry')).verdicts, SETTLED);
      assert.match((await p.run('status', '-v')).stdout, /^\+ run {5}cb +always runs\n1 run, 10 fresh\n/m);
      assert.is((await p.run('check')).stdout, '11 stages, nothing wrong\n');
      assert.equal(changedFiles(before, filesOf(p.root)), []);
    }));

  test('repro runs the callback alone, and leaves the lock as DVC wrote it', () =>
    withGolden(async (p) => {
      const before = filesOf(p.root, ['.dvc/tmp']);
      const { verdicts, statuses } = await p.repro();
      assert.equal([verdicts, statuses['cb']], [SETTLED, 'ran']);
      assert.equal(changedFiles(before, filesOf(p.root, ['.dvc/tmp'])), []);
    }));

  test('the run cache of DVC brings back what only it has made, the lock too', () =>
    withGolden(async (p) => {
      const before = filesOf(p.root, ['.dvc/tmp', 'dvc.lock']);
      for (const path of ['dvc.lock', 'model-us.txt', 'out/parts', 'sub/metrics.json']) await p.remove(path);
      const { statuses } = await p.repro('evaluate');
      assert.equal(statuses, {
        prep: 'restored',
        'train@us': 'restored',
        'train@gb': 'restored',
        evaluate: 'restored',
      });
      assert.equal(changedFiles(before, filesOf(p.root, ['.dvc/tmp', 'dvc.lock'])), []);
    }));

  test('a dep that the manifest names no more changes nothing, as for DVC', () =>
    withGolden(async (p) => {
      const manifest = await p.read('dvc.yaml');
      await p.write({
        'dvc.yaml': manifest.replace('      - src/prep.py\n', '').replace('      - lr\n', ''),
      });
      assert.equal((await p.repro('--dry')).verdicts, SETTLED);
    }));

  test('stages run one at a time, each line in a shell of its own, and --dry -q is content', () =>
    withGolden(async (p) => {
      await p.write({
        'dvc.yaml':
          'stages:\n  a:\n    cmd: |\n      X=1; echo $X > a\n      echo "[$X]" >> a\n    outs: [a]\n',
      });
      assert.is((await p.run('repro', '--dry', '-q')).exitCode, 0);
      await p.repro();
      assert.is(await p.read('a'), '1\n[]\n');
    }));
});

suite('real DVC reads what we write', { skip: NO_DVC }, (test) => {
  const dvcStatus = async (p: Project): Promise<unknown> => {
    const { stdout, stderr } = await p.exec(DVC!, 'status', '--json');
    try {
      return JSON.parse(stdout);
    } catch {
      throw new Error(`dvc status: ${stdout}${stderr}`);
    }
  };

  test(
    'after stages ran, were restored and were left alone, it finds nothing to do',
    { timeoutMs: 180_000 },
    () =>
      withGolden(async (p) => {
        await p.write({
          'data/f1.txt': 'new\n',
          'params.yaml': (await p.read('params.yaml')).replace('seed: 42', 'seed: 43'),
        });
        const { statuses } = await p.repro();
        assert.is(statuses['prep'], 'ran');
        assert.equal(await dvcStatus(p), { cb: ['always changed'] });
        const there = await p.exec(DVC!, 'repro');
        assert.match(
          there.stdout,
          /Stage 'prep' didn't change, skipping[^]*Stage 'evaluate' didn't change, skipping/,
        );
        const after = await p.repro('--dry');
        assert.equal(after.verdicts, SETTLED);
      }),
  );
});

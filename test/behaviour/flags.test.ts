import * as assert from 'uvu/assert';
import { changedFiles, filesOf } from '../support/files-of.ts';
import { withProject } from '../support/project.ts';
import { suite, table } from '../support/suite.ts';

const FILES = {
  'dvc-like.yaml': `stages:
  a: {cmd: cat in > a, deps: [in], outs: [a]}
  b: {cmd: cat a a > b, deps: [a], outs: [b]}
  c: {cmd: cat in in in > c, deps: [in], outs: [c]}
`,
  in: 'one\n',
};

const FAILING = {
  'dvc-like.yaml': `stages:
  bad: {cmd: 'echo half > bad; exit 3', deps: [in], outs: [bad]}
  needs-bad: {cmd: cat bad > x, deps: [bad], outs: [x]}
  needs-both: {cmd: cat x good > y, deps: [x, good], outs: [y]}
  good: {cmd: cat in > good, deps: [in], outs: [good]}
`,
  in: 'one\n',
};

suite('repro -f runs stages that nothing has changed for', (test) => {
  test('those that are named, with what they need, and the lock stays as it is', () =>
    withProject(FILES, async (p) => {
      await p.repro();
      const lock = await p.read('dvc-like.lock');
      assert.equal((await p.repro('-f', 'b')).statuses, { a: 'ran', b: 'ran' });
      assert.is(await p.read('dvc-like.lock'), lock);
      assert.equal((await p.repro()).statuses, { a: 'fresh', b: 'fresh', c: 'fresh' });
      assert.equal((await p.repro('--force')).verdicts, { a: 'run', b: 'run', c: 'run' });
    }));

  test('but not frozen ones', () =>
    withProject(
      {
        ...FILES,
        'dvc-like.yaml': `${FILES['dvc-like.yaml']}  d: {cmd: echo new > d, outs: [d], frozen: true}\n`,
        d: 'old',
      },
      async (p) => {
        assert.equal((await p.repro('-f')).statuses, { a: 'ran', b: 'ran', c: 'ran', d: 'frozen' });
        assert.is(await p.read('d'), 'old');
      },
    ));
});

suite('a stage that fails stops the run, and with -k only what needs it', (test) => {
  table(
    test,
    [
      { name: 'repro', flags: ['-j1'], good: 'skipped' },
      { name: 'repro -k', flags: ['-j1', '-k'], good: 'ran' },
      { name: 'repro -k -j 4', flags: ['-k', '-j', '4'], good: 'ran' },
    ],
    ({ flags, good }) =>
      withProject(FAILING, async (p) => {
        const run = await p.repro(...flags);
        assert.is(run.exitCode, 1);
        assert.equal(run.statuses, { bad: 'failed', 'needs-bad': 'skipped', good, 'needs-both': 'skipped' });
        assert.match(run.stderr, 'error[E_STAGE_FAILED]: Stage "bad" failed: exit code 3');
        assert.is(await p.read('bad'), 'half\n');
        const locked = await p.lock().then(
          (lock) => Object.keys((lock as { stages: object }).stages),
          () => [],
        );
        assert.equal(locked, good === 'ran' ? ['good'] : []);
        await p.write({ 'dvc-like.yaml': FAILING['dvc-like.yaml'].replace('exit 3', 'exit 0') });
        const mended = await p.repro();
        assert.is(mended.exitCode, 0);
        assert.is(mended.statuses['good'], good === 'ran' ? 'fresh' : 'ran');
        assert.is(mended.statuses['needs-both'], 'ran');
      }),
  );
});

suite('-j changes nothing but how long it takes', (test) => {
  /** With more jobs, the stages end in the reverse order. */
  const WIDE = {
    'dvc-like.yaml': `stages:
  wide:
    foreach: [4, 3, 2, 1]
    do:
      cmd: mkdir -p data; sleep 0.\${item}; cat in > data/\${item}; echo \${item} >> data/\${item}
      deps: [in]
      outs: ['data/\${item}']
  all: {cmd: 'cat data/? > all; mkdir tree; cp all tree/one', deps: [data], outs: [all, tree]}
`,
    in: 'x\n',
  };

  test('workspace, lock, cache and .gitignore are equal byte for byte', async () => {
    const run = (jobs: string) =>
      withProject(WIDE, async (p) => {
        await p.exec('git', 'init', '-q');
        const { exitCode } = await p.repro('-j', jobs);
        assert.is(exitCode, 0);
        return filesOf(p.root, ['.dvc-like/tmp', '.git']);
      });
    const [one, four] = [await run('1'), await run('4')];
    assert.is(one['data/.gitignore'], '644 /4\n/3\n/2\n/1\n');
    assert.equal(changedFiles(one, four), []);
  });

  table(
    test,
    [
      { name: 'zero', jobs: '0' },
      { name: 'a word', jobs: 'many' },
      { name: 'a fraction', jobs: '1.5' },
    ],
    ({ jobs }) =>
      withProject(FILES, async (p) => {
        const { exitCode, stderr } = await p.run('repro', '-j', jobs);
        assert.equal(
          [exitCode, stderr],
          [2, `error[E_USAGE]: "--jobs ${jobs}" is not a number from 1 to 9999\n`],
        );
        assert.not.ok(await p.exists('a'));
      }),
  );
});

suite('repro --dry says what would be done, and does nothing', (test) => {
  test('also on a clean checkout, whether the cache is there or not', () =>
    withProject(FILES, async (p) => {
      const nothing = filesOf(p.root);
      assert.equal((await p.repro('--dry')).verdicts, { a: 'run', b: 'run', c: 'run' });
      assert.equal(changedFiles(nothing, filesOf(p.root)), []);

      await p.repro();
      for (const out of ['a', 'b', 'c', '.dvc-like/tmp']) await p.remove(out);
      const clean = filesOf(p.root);
      assert.equal((await p.repro('--dry')).verdicts, { a: 'restore', b: 'restore', c: 'restore' });
      assert.equal((await p.repro('--dry', '-f')).verdicts, { a: 'run', b: 'run', c: 'run' });
      assert.equal(changedFiles(clean, filesOf(p.root)), []);

      await p.remove('.dvc-like/cache');
      const bare = filesOf(p.root);
      const { stdout } = await p.run('repro', '--dry');
      assert.is(
        stdout,
        [
          '+ run     a  out a is not in the cache',
          '? pending b  waits for a',
          '+ run     c  out c is not in the cache',
          '2 run, 1 pending',
          'Expected: not known yet, the 3 stages were never timed',
          '',
        ].join('\n'),
      );
      assert.is((await p.run('status')).stdout, stdout);
      assert.equal(changedFiles(bare, filesOf(p.root)), []);
    }));

  test('and it is what repro then does', () =>
    withProject(FILES, async (p) => {
      await p.repro();
      await p.write({ in: 'two\n', b: 'by hand' });
      const dry = await p.repro('--dry');
      const run = await p.repro();
      assert.equal(run.verdicts, dry.verdicts);
      assert.equal(run.statuses, { a: 'ran', b: 'ran', c: 'ran' });
    }));
});

suite('--no-run-cache and --no-commit', (test) => {
  test('without the run cache a stage runs again, but what only went is still brought back', () =>
    withProject(FILES, async (p) => {
      await p.repro();
      await p.write({ in: 'two\n' });
      await p.repro();
      await p.write({ in: 'one\n' });
      assert.equal((await p.repro('--no-run-cache', 'c')).statuses, { c: 'ran' });
      await p.remove('c');
      assert.equal((await p.repro('--no-run-cache', 'c')).statuses, { c: 'restored' });
    }));

  test('without committing the lock is written, the cache stays empty, and the next repro makes up for it', () =>
    withProject(FILES, async (p) => {
      assert.equal((await p.repro('--no-commit')).statuses, { a: 'ran', b: 'ran', c: 'ran' });
      assert.not.ok(await p.exists('.dvc-like/cache'));
      const lock = await p.read('dvc-like.lock');
      assert.equal((await p.repro()).statuses, { a: 'ran', b: 'ran', c: 'ran' });
      assert.is(await p.read('dvc-like.lock'), lock);
      assert.ok(await p.exists('.dvc-like/cache'));
    }));
});

suite('-q prints nothing of its own, and the exit code tells', (test) => {
  test('status and --dry exit with 1 where something changed, with 0 where nothing did', () =>
    withProject(FILES, async (p) => {
      const quiet = async (...args: readonly string[]) => {
        const { exitCode, stdout, stderr } = await p.run(...args, '-q');
        return [exitCode, stdout + stderr];
      };
      assert.equal(await quiet('status'), [1, '']);
      assert.equal(await quiet('repro', '--dry'), [1, '']);
      assert.is((await p.run('status')).exitCode, 0);
      assert.is((await p.run('repro', '--dry')).exitCode, 0);
      assert.equal(await quiet('repro'), [0, '']);
      assert.equal(await quiet('repro'), [0, '']);
      assert.equal(await quiet('status'), [0, '']);
      assert.equal(await quiet('repro', '--dry'), [0, '']);
      await p.write({ in: 'two\n' });
      assert.equal(await quiet('status', 'b'), [1, '']);
    }));

  test('what stages print is passed on, whole and in the stage that printed it', () =>
    withProject(
      {
        'dvc-like.yaml': `stages:
  slow: {cmd: 'echo slow 1; sleep 0.3; echo slow 2 >&2', always_changed: true}
  quick: {cmd: 'sleep 0.1; echo quick', always_changed: true}
`,
      },
      async (p) => {
        assert.is((await p.run('repro', '-q', '-j2')).stdout, 'quick\nslow 1\nslow 2\n');
        assert.is((await p.run('repro', '-q', '-j1')).stdout, 'slow 1\nslow 2\nquick\n');
        const { stdout } = await p.run('repro', '-j2', '-v');
        assert.is(
          stdout.replaceAll(/\d+ ms|\d\.\d s/g, 'TIME'),
          [
            "Running stage 'quick': always runs",
            '> sleep 0.1; echo quick',
            'quick',
            "Stage 'quick' done in TIME",
            '',
            "Running stage 'slow': always runs",
            '> echo slow 1; sleep 0.3; echo slow 2 >&2',
            'slow 1',
            'slow 2',
            "Stage 'slow' done in TIME",
            '',
            '2 ran, 0 unchanged in TIME',
            '',
          ].join('\n'),
        );
      },
    ));
});

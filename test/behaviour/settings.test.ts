import * as assert from 'uvu/assert';
import { withProject } from '../support/project.ts';
import { suite, table } from '../support/suite.ts';

const COPY = 'stages:\n  copy:\n    cmd: cat a > b\n    deps: [a]\n    outs: [b]\n';

suite('settings', (test) => {
  test('cache.dir moves objects and runs, and what is there is found again', () =>
    withProject(
      { 'dvc-like.yaml': COPY, a: 'one', '.dvc-like/config': '[cache]\ndir = ../elsewhere\n' },
      async (p) => {
        assert.equal((await p.repro()).statuses, { copy: 'ran' });
        assert.ok(await p.exists('elsewhere/files/md5'));
        assert.ok(await p.exists('elsewhere/runs'));
        assert.not(await p.exists('.dvc-like/cache'));
        await p.remove('b');
        assert.is((await p.run('checkout')).exitCode, 0);
        assert.is(await p.read('b'), 'one');
      },
    ));

  test('of every layer are looked at again after a repro that did nothing', () =>
    withProject({ 'dvc-like.yaml': COPY, a: 'one' }, async (p) => {
      await p.run('repro');
      for (let i = 0; i < 3; i++) assert.is((await p.run('repro')).exitCode, 0);
      for (const level of ['global', 'project', 'local']) {
        assert.is((await p.run('config', `--${level}`, 'core.hardlink_lock', 'true')).exitCode, 0);
        const refused = await p.run('repro');
        assert.match(refused.stderr, 'E_UNSUPPORTED_CONFIG', level);
        await p.run('config', `--${level}`, '-u', 'core.hardlink_lock');
        assert.is((await p.run('repro')).exitCode, 0, level);
      }
    }));

  table(
    test,
    [
      { name: 'without settings', config: '', flags: '--a 1 --l 1 2 --t' },
      {
        name: 'parsing.bool',
        config: '[parsing]\nbool = boolean_optional\n',
        flags: '--a 1 --l 1 2 --t --no-f --no-n.f',
      },
      { name: 'parsing.list', config: '[parsing]\nlist = append\n', flags: '--a 1 --l 1 --l 2 --t' },
    ],
    ({ config, flags }) =>
      withProject(
        {
          'config.yaml': 'args: {a: 1, l: [1, 2], t: true, f: false, n: {f: false}}\n',
          'dvc-like.yaml': 'stages: {s: {cmd: "echo ${args} > out", outs: [out]}}\n',
          '.dvc-like/config': config,
        },
        async (p) => {
          assert.is((await p.repro()).exitCode, 0);
          assert.is(await p.read('out'), `${flags}\n`);
        },
      ),
  );

  test('params and vars may come from Python files, keys or the whole file', () =>
    withProject(
      {
        'p.py': 'rate = 0.1\nclass Train:\n    epochs = 3\n',
        'q.py': 'name = "x"\n',
        'dvc-like.yaml': `vars: [q.py]
stages:
  keys: {cmd: "echo \${name} > k", params: [{p.py: [Train.epochs]}], outs: [k]}
  whole: {cmd: touch w, params: [{p.py: }], outs: [w]}
`,
      },
      async (p) => {
        assert.equal((await p.repro()).statuses, { keys: 'ran', whole: 'ran' });
        assert.is(await p.read('k'), 'x\n');
        await p.write({ 'p.py': 'rate = 0.2  # more\nclass Train:\n    epochs = 3\n' });
        assert.equal((await p.repro()).statuses, { keys: 'fresh', whole: 'ran' });
      },
    ));
});

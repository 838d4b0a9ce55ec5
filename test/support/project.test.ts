import { existsSync } from 'node:fs';
import * as assert from 'uvu/assert';
import { withProject } from './project.ts';
import { suite } from './suite.ts';

const COPY = 'stages:\n  copy:\n    cmd: cat a > b\n    deps: [a]\n    outs: [b]\n';

suite('withProject() runs the built command line in a project of its own', (test) => {
  test('repro tells what was decided and what was done', () =>
    withProject({ 'dvc-like.yaml': COPY, a: 'one' }, async (p) => {
      const first = await p.repro();
      assert.is(first.exitCode, 0, first.stderr);
      assert.equal(first.verdicts, { copy: 'run' });
      assert.equal(first.statuses, { copy: 'ran' });
      assert.equal((await p.repro()).statuses, { copy: 'fresh' });
      assert.is(await p.read('b'), 'one');
      assert.equal(Object.keys((await p.lock()) as object), ['schema', 'stages']);
    }));

  test('the environment of the tests stays outside', () =>
    withProject({}, async (p) => {
      const { stdout } = await p.exec('env');
      const names = stdout
        .trim()
        .split('\n')
        .map((line) => line.replace(/=.*/, ''));
      assert.equal(names.sort(), ['HOME', 'LANG', 'PATH', 'TMPDIR', 'TZ', 'XDG_CONFIG_HOME']);
    }));

  test('what is left running is ended, the directory removed', async () => {
    const { root, sleep } = await withProject({}, (p) => ({ root: p.root, sleep: p.exec('sleep', '100') }));
    assert.is((await sleep).exitCode, undefined);
    assert.not(existsSync(root));
  });
});

import * as assert from 'uvu/assert';
import { withProject } from '../support/project.ts';
import { suite } from '../support/suite.ts';

const MANIFEST = `# The pipeline
stages:
  a: # a command
    cmd: cat in > a
    deps:
      - in # read
    outs: [a]

  b: {cmd: cat in > b, deps: [in], outs: [b]} # in brackets
  g:
    foreach: [x, y]
    do:
      cmd: cat in > \${item}
      deps: [in]
      outs:
        - \${item}
  m: {matrix: {k: [p]}, cmd: 'cat in > \${item.k}', deps: [in], outs: ['\${item.k}']}
`;

const FROZEN = MANIFEST.replace('    outs: [a]\n', '    outs: [a]\n    frozen: true\n')
  .replace('outs: [b]}', 'outs: [b], frozen: true}')
  .replace('        - ${item}\n', '        - ${item}\n      frozen: true\n')
  .replace("['${item.k}']}", "['${item.k}'], frozen: true}");

suite('freeze keeps stages and groups from running, unfreeze lets them run, both in place', (test) => {
  test('in blocks and in brackets, singly and as groups', () =>
    withProject({ 'dvc-like.yaml': MANIFEST, in: 'one\n' }, async (p) => {
      await p.repro();
      const { stdout, exitCode } = await p.run('freeze', 'a', 'b', 'g', 'm');
      assert.is(stdout, ['a', 'b', 'g', 'm'].map((name) => `${name}: frozen (dvc-like.yaml)\n`).join(''));
      assert.is(exitCode, 0);
      assert.is(await p.read('dvc-like.yaml'), FROZEN);
      await p.write({ in: 'two\n' });
      assert.equal([...new Set(Object.values((await p.repro()).statuses))], ['frozen']);

      assert.is((await p.run('freeze', 'a')).stdout, 'a: frozen already\n');
      assert.is((await p.run('unfreeze', 'g')).stdout, 'g: not frozen (dvc-like.yaml)\n');
      const { statuses } = await p.repro();
      assert.equal(statuses, { a: 'frozen', b: 'frozen', 'g@x': 'ran', 'g@y': 'ran', 'm@p': 'frozen' });
      await p.run('unfreeze', 'a', 'b', 'm', 'g');
      assert.is(await p.read('dvc-like.yaml'), MANIFEST);
    }));

  test('where it says "frozen: false", and where a merge freezes it', () => {
    const manifest = `stages:
  a: &a {cmd: cat in > a, outs: [a], frozen: false}
  b:
    <<: *a
    outs: [b]
`;
    return withProject({ 'dvc-like.yaml': manifest, in: 'one\n' }, async (p) => {
      await p.run('freeze', 'b');
      assert.is(await p.read('dvc-like.yaml'), `${manifest}    frozen: true\n`);
      await p.write({ 'dvc-like.yaml': manifest });
      await p.run('freeze', 'a');
      assert.is(await p.read('dvc-like.yaml'), manifest.replace('false', 'true'));
      await p.run('unfreeze', 'b');
      assert.is(await p.read('dvc-like.yaml'), `${manifest.replace('false', 'true')}    frozen: false\n`);
    });
  });

  test('in dvc.yaml too', () =>
    withProject({ '.dvc/config': '', 'dvc.yaml': 'stages:\n  a:\n    cmd: echo\n' }, async (p) => {
      assert.is((await p.run('freeze', 'a')).stdout, 'a: frozen (dvc.yaml)\n');
      assert.is(await p.read('dvc.yaml'), 'stages:\n  a:\n    cmd: echo\n    frozen: true\n');
    }));
});

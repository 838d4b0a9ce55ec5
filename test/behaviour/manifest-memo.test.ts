import * as assert from 'uvu/assert';
import { withProject } from '../support/project.ts';
import { suite } from '../support/suite.ts';

const MEMO = '.dvc-like/tmp/dvc-like/manifest-memo';
/** Large enough to be remembered. */
const LARGE = `# ${'-'.repeat(70_000)}\nvars: [more.yaml]\nstages:\n  a: {cmd: "echo \${x} \${y} > a", outs: [a]}\n`;

suite('what a large manifest resolves to is remembered, and every change of it is seen', (test) => {
  test('of the manifest, the params file, a vars file, and of the memo itself', () =>
    withProject({ 'dvc-like.yaml': LARGE, 'config.yaml': 'x: 1\n', 'more.yaml': 'y: 1\n' }, async (p) => {
      const verdict = async (): Promise<string> => (await p.run('status', '-v')).stdout.split('\n')[0]!;
      await p.repro();
      assert.ok(await p.exists(MEMO));
      assert.is(await verdict(), '= fresh   a');
      await p.write({ 'config.yaml': 'x: 2\n' });
      assert.match(await verdict(), 'command changed from "echo 1 1 > a" to "echo 2 1 > a"');
      await p.write({ 'config.yaml': 'x: 1\n', 'more.yaml': 'y: 3\n' });
      assert.match(await verdict(), 'to "echo 1 3 > a"');
      await p.write({ 'more.yaml': 'y: 1\n', 'dvc-like.yaml': LARGE.replace('echo', 'echo -n') });
      assert.match(await verdict(), 'to "echo -n 1 1 > a"');
      await p.write({ 'dvc-like.yaml': LARGE, [MEMO]: 'torn' });
      assert.is(await verdict(), '= fresh   a');
      await p.write({ 'dvc.yaml': 'stages: {}\n' });
      assert.match((await p.run('status')).stderr, 'E_TWO_MANIFESTS');
    }));
});

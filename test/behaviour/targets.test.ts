import * as assert from 'uvu/assert';
import { type Project, withProject } from '../support/project.ts';
import { suite } from '../support/suite.ts';

const CHAIN = `stages:
  a: {cmd: cp in a, deps: [in], outs: [a]}
  b: {cmd: cp a b, deps: [a], outs: [b]}
  c: {cmd: cp b c, deps: [b], outs: [c]}
  lone: {cmd: cp in lone, deps: [in], outs: [lone]}
`;

const ran = async (p: Project, ...args: readonly string[]): Promise<string> =>
  Object.entries((await p.repro(...args)).statuses)
    .filter(([, status]) => status === 'ran')
    .map(([name]) => name)
    .join(' ');

suite('repro runs the part of the pipeline that is asked for', (test) => {
  test('and forces what is to be forced', () =>
    withProject({ 'dvc-like.yaml': CHAIN, in: '1' }, async (p) => {
      await p.repro();
      assert.is(await ran(p, '-f', '-s', 'b'), 'b', '-s: the target alone');
      assert.is(await ran(p, '-f', '--downstream', 'b'), 'b c', '--downstream: what needs it too');
      assert.is(await ran(p, '-f', '-p', 'b'), 'a b c', '-p: what hangs together with it');
      assert.is(await ran(p, '-f', '-P', 'b'), 'a b c lone', '-P: everything');
      assert.is(await ran(p, '-f', '--glob', '-s', '[bc]'), 'b c', '--glob: patterns');
      await p.write({ a: 'changed by hand' });
      assert.is(await ran(p, '--downstream', '--force-downstream', 'b'), 'b c');
      await p.write({ 'dvc-like.yaml': CHAIN.replace('cp a b', 'cat a > b'), a: '1' });
      assert.is(await ran(p, 'c'), 'b', 'b comes out the same: c stays');
      await p.write({ 'dvc-like.yaml': CHAIN.replace('cp a b', 'cat < a > b') });
      assert.is(await ran(p, 'c', '--force-downstream'), 'b c', '--force-downstream: c runs all the same');
    }));
});

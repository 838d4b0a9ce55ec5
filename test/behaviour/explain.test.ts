import * as assert from 'uvu/assert';
import { withProject } from '../support/project.ts';
import { suite } from '../support/suite.ts';

const CHAIN = `stages:
  a:
    cmd: cp in.txt a.txt
    deps: [in.txt]
    outs: [a.txt]
  b:
    cmd: cat a.txt a.txt > b.txt
    deps: [a.txt]
    outs: [b.txt]
  c:
    foreach: [x, y]
    do:
      cmd: cp b.txt c-\${item}
      deps: [b.txt]
      outs: ["c-\${item}"]
`;

suite('why tells the chain from the first cause, with what changed inside', (test) => {
  test('a text input, and the group that waits for it', () =>
    withProject({ 'dvc-like.yaml': CHAIN, 'in.txt': 'one\ntwo\nthree\n' }, async (p) => {
      await p.repro();
      await p.write({ 'in.txt': 'one\n2\nthree\n' });
      const { stdout } = await p.run('why', 'c');
      assert.is(
        stdout.split('\n\n').slice(0, 4).join('\n\n'),
        `c@x runs only if something that it reads comes out different

a runs
    dep in.txt changed (b877b10a -> 1e89e7f2)
        @@ -1,3 +1,3 @@
         one
        -two
        +2
         three

b waits for a

c@x waits for b`.replace(/\(.*\)/, /\(\w+ -> \w+\)/.exec(stdout)![0]),
      );
      const run = await p.run('repro', '--explain', '-j', '1');
      assert.match(run.stdout, /Running stage 'c@y': dep b.txt changed .*; b ran since dep in.txt changed/);
    }));
  test('why a stage is not run again', () =>
    withProject({ 'dvc-like.yaml': CHAIN, 'in.txt': 'one\n' }, async (p) => {
      await p.repro();
      const { stdout } = await p.run('why', 'b');
      assert.is(stdout, 'b stays as it is\n    as in the lock: its command, its 1 dep, 1 out\n');
    }));
});

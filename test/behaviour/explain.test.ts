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

suite('why --since compares with a commit', (test) => {
  test('whose files it shows the difference to', () =>
    withProject({ 'dvc-like.yaml': CHAIN, 'in.txt': 'one\ntwo\n' }, async (p) => {
      await p.repro();
      await p.exec('git', 'init', '-q', '.');
      await p.exec('git', 'add', '-A');
      await p.exec('git', '-c', 'user.name=t', '-c', 'user.email=t@t', 'commit', '-qm', 'first');
      await p.write({ 'in.txt': 'one\n2\n' });
      await p.repro();
      const { stdout } = await p.run('why', 'b', '--since', 'HEAD');
      assert.match(stdout, /^b has changed since HEAD\n\na differs\n {4}dep in\.txt changed/);
      assert.match(stdout, '-two\n        +2');
      assert.match(stdout, /\nb differs\n {4}dep a\.txt changed/);
      const unknown = await p.run('why', 'b', '--since', 'nowhere');
      assert.is(unknown.exitCode, 2);
      assert.match(unknown.stderr, 'error[E_UNKNOWN_REVISION]: There is no revision "nowhere"');
    }));
});

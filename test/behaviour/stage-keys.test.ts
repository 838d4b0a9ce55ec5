import * as assert from 'uvu/assert';
import { withProject } from '../support/project.ts';
import { suite } from '../support/suite.ts';

suite('the keys of a stage do what they say', (test) => {
  test('wdir, env and vars', () =>
    withProject(
      {
        'dvc-like.yaml': `vars: [more.yaml, {greet: hello}]
stages:
  a:
    wdir: sub
    vars: [{who: world}]
    env: {COUNT: 2, LOUD: true, NAME: "\${who}"}
    cmd: 'echo \${greet} \${who} \${base} "$COUNT $LOUD $NAME" $DVC_STAGE > out; cat ../in in k.yaml >> out'
    deps: [../in, in]
    params: [k.yaml: [k]]
    outs: [out]
`,
        'config.yaml': 'base: 7\n',
        'more.yaml': 'x: 1\n',
        in: 'top\n',
        'sub/in': 'inner\n',
        'sub/k.yaml': 'k: 1\n',
      },
      async (p) => {
        assert.equal((await p.repro()).statuses, { a: 'ran' });
        assert.is(await p.read('sub/out'), 'hello world 7 2 true world a\ntop\ninner\nk: 1\n');
        const lock = (await p.lock()) as { stages: { a: Record<string, unknown> } };
        assert.equal(lock.stages.a['env'], { COUNT: '2', LOUD: 'true', NAME: 'world' });
        assert.equal(Object.keys(lock.stages.a['params'] as object), ['k.yaml']);
        assert.equal(
          (lock.stages.a['deps'] as { path: string }[]).map(({ path }) => path),
          ['../in', 'in'],
        );

        const manifest = await p.read('dvc-like.yaml');
        await p.write({ 'dvc-like.yaml': manifest.replace('COUNT: 2', 'COUNT: 3') });
        assert.match((await p.run('status')).stdout, 'env.COUNT changed from "2" to "3"');
        assert.equal((await p.repro()).statuses, { a: 'ran' });
        await p.write({ 'dvc-like.yaml': manifest });
        assert.equal((await p.repro()).statuses, { a: 'restored' });
        await p.write({ 'sub/k.yaml': 'k: 2\n' });
        assert.equal((await p.repro()).verdicts, { a: 'run' });
      },
    ));

  test('foreach and matrix, under any name', () =>
    withProject(
      {
        'dvc-like.yaml': `stages:
  __proto__: {foreach: [constructor, 7], do: {cmd: 'echo \${item} > p-\${item}', params: [k], outs: ['p-\${item}']}}
  '1': {matrix: {x: [a, b], y: [1.5]}, cmd: 'echo \${item.x} \${item.y} > m-\${key}', params: [k], outs: ['m-\${key}']}
  toString: {cmd: cat p-7 m-a-1.5 > all, deps: [p-7, m-a-1.5], params: [__proto__], outs: [all]}
`,
        'config.yaml': 'k: 1\n__proto__: {a: 1}\n',
      },
      async (p) => {
        const names = ['__proto__@constructor', '__proto__@7', '1@a-1.5', '1@b-1.5', 'toString'];
        const run = await p.repro();
        assert.equal(
          Object.entries(run.statuses),
          names.map((name) => [name, 'ran']),
        );
        assert.is(await p.read('all'), '7\na 1.5\n');
        assert.equal(
          Object.values((await p.repro()).statuses),
          names.map(() => 'fresh'),
        );
        await p.remove('dvc-like.lock');
        assert.equal(
          Object.values((await p.repro()).statuses),
          names.map(() => 'restored'),
        );
        await p.write({ 'config.yaml': 'k: 1\n__proto__: {a: 2}\n' });
        assert.equal((await p.repro('toString')).statuses, {
          '__proto__@7': 'fresh',
          '1@a-1.5': 'fresh',
          toString: 'ran',
        });
        assert.match((await p.run('why', '__proto__@7')).stdout, '__proto__@7 stays as it is');
        assert.match((await p.run('why', '__proto__')).stdout, '__proto__@constructor stays as it is');
      },
    ));

  test('frozen, always_changed and a stage with neither inputs nor outs', () =>
    withProject(
      {
        'dvc-like.yaml': `stages:
  cold: {cmd: cat in > cold, deps: [in], outs: [cold], frozen: true}
  uses: {cmd: cat cold > uses, deps: [cold], outs: [uses]}
  always: {cmd: 'echo same > always', deps: [in], outs: [always], always_changed: true}
  after: {cmd: cat always > after, deps: [always], outs: [after]}
  call: {cmd: 'true'}
  once: {cmd: echo once > once, outs: [once]}
`,
        in: 'one\n',
        cold: 'old\n',
      },
      async (p) => {
        assert.equal((await p.repro()).statuses, {
          cold: 'frozen',
          uses: 'ran',
          always: 'ran',
          after: 'ran',
          call: 'ran',
          once: 'ran',
        });
        await p.write({ in: 'two\n' });
        const again = await p.repro();
        assert.equal(again.verdicts, {
          cold: 'frozen',
          uses: 'fresh',
          always: 'run',
          after: 'pending',
          call: 'run',
          once: 'fresh',
        });
        assert.is(again.statuses['after'], 'fresh');
        await p.write({ cold: 'other\n' });
        assert.equal((await p.repro('uses')).statuses, { cold: 'frozen', uses: 'ran' });
      },
    ));

  test('persist: the out stays between runs', () =>
    withProject(
      {
        'dvc-like.yaml': `stages:
  log: {cmd: cat in >> log, deps: [in], outs: [log: {persist: true}]}
`,
        in: 'one\n',
      },
      async (p) => {
        await p.repro();
        await p.write({ in: 'two\n' });
        await p.repro();
        assert.is(await p.read('log'), 'one\ntwo\n');
        await p.write({ in: 'one\n' });
        assert.equal((await p.repro()).statuses, { log: 'ran' });
        assert.is(await p.read('log'), 'one\ntwo\none\n');
        await p.remove('log');
        assert.equal((await p.repro()).statuses, { log: 'restored' });
        assert.is(await p.read('log'), 'one\ntwo\none\n');
      },
    ));

  test('cache: false, metrics and plots', () =>
    withProject(
      {
        'dvc-like.yaml': `stages:
  plain: {cmd: cat in in > plain, deps: [in], outs: [plain: {cache: false}]}
  score:
    cmd: 'cat in > m.json; cat in > p.csv'
    deps: [in]
    metrics: [m.json: {cache: false}]
    plots: [p.csv: {x: a, y: b, cache: false, title: T}]
  end: {cmd: cat m.json p.csv plain > end, deps: [m.json, p.csv, plain], outs: [end]}
`,
        in: '1\n',
      },
      async (p) => {
        await p.exec('git', 'init', '-q');
        await p.repro();
        assert.is(await p.read('.gitignore'), '/end\n');
        for (const path of ['plain', 'm.json', 'p.csv']) await p.remove(path);
        const { statuses } = await p.repro();
        assert.equal(statuses, { plain: 'ran', score: 'restored', end: 'fresh' });
        assert.is((await p.run('checkout')).stdout, '0 outs restored\n');
        const { stdout } = await p.run('stage', 'list', '--json');
        const [, score] = JSON.parse(stdout) as { outs: unknown }[];
        assert.equal(score!.outs, [
          { path: 'm.json', kind: 'metric' },
          { path: 'p.csv', kind: 'plot' },
        ]);
      },
    ));

  test('a cmd is one script that stops at the first failure, a list too', () =>
    withProject(
      {
        'dvc-like.yaml': `stages:
  block:
    cmd: |
      X=1
      if [ "$X" = 1 ]; then
        cat > out <<EOF
      $X
      EOF
      fi
    outs: [out]
  list: {cmd: [Y=2, 'echo $Y > two', 'false', 'echo 3 > two'], outs: [two]}
`,
      },
      async (p) => {
        const { statuses } = await p.repro('-k');
        assert.equal(statuses, { block: 'ran', list: 'failed' });
        assert.is(await p.read('out'), '1\n');
        assert.is(await p.read('two'), '2\n');
      },
    ));

  test('resources.cpu takes slots, and never more than there are', () =>
    withProject(
      {
        'dvc-like.yaml': `stages:
  big:
    foreach: [1, 2, 3]
    do: {cmd: 'mkdir busy; sleep 0.05; rmdir busy', resources: {cpu: 2}, always_changed: true}
`,
      },
      async (p) => {
        assert.equal(Object.values((await p.repro('-j', '3')).statuses), ['ran', 'ran', 'ran']);
        assert.equal(Object.values((await p.repro('-j', '1')).statuses), ['ran', 'ran', 'ran']);
      },
    ));
});

import * as assert from 'uvu/assert';
import { type Project, withProject } from '../support/project.ts';
import { suite } from '../support/suite.ts';

const FILES = {
  'dvc-like.yaml': `stages:
  clean: {desc: Cleans, cmd: sort in > clean, deps: [in], params: [k], outs: [clean]}
  train:
    foreach: [fr, us]
    do: {cmd: 'echo \${item} > m-\${item}; exit \${code}', deps: [clean], outs: ['m-\${item}']}
  score: {cmd: 'cat m-fr > s', deps: [m-fr], metrics: [s]}
`,
  'config.yaml': 'k: [1, 2.0, null]\ncode: 0\n',
  in: 'one\n',
};

const json = async (p: Project, ...args: readonly string[]): Promise<unknown> =>
  JSON.parse((await p.run(...args, '--json')).stdout);

const stages = async (p: Project, ...args: readonly string[]): Promise<unknown> =>
  ((await json(p, ...args)) as { readonly stages: unknown }).stages;

suite('--json prints one document for scripts', (test) => {
  test('status, repro and why: each stage with its verdict and every change', () =>
    withProject(FILES, async (p) => {
      const NEVER = {
        verdict: 'run',
        reason: 'is not in the lock',
        changes: [{ kind: 'never-ran', text: 'is not in the lock' }],
      };
      assert.equal(await stages(p, 'status'), [
        { name: 'clean', ...NEVER },
        { name: 'train@fr', ...NEVER },
        { name: 'train@us', ...NEVER },
        { name: 'score', ...NEVER },
      ]);
      assert.equal(await stages(p, 'repro', 'train@us'), [
        { name: 'clean', ...NEVER, status: 'ran' },
        { name: 'train@us', ...NEVER, status: 'ran' },
      ]);
      const fresh = { verdict: 'fresh', reason: '', changes: [] };
      assert.equal(await stages(p, 'repro', 'clean'), [{ name: 'clean', ...fresh, status: 'fresh' }]);

      await p.write({ 'config.yaml': 'k: 2.0\ncode: 0\n', in: 'two\n' });
      const dep = {
        kind: 'dep-changed',
        path: 'in',
        was: '5bbf5a52328e7439ae6e719dfe712200',
        is: 'c193497a1a06b2c72230e6146ff47080',
        text: 'dep in changed (5bbf5a52 -> c193497a)',
      };
      const param = {
        kind: 'param-changed',
        file: 'config.yaml',
        key: 'k',
        was: [1, 2, null],
        is: 2,
        text: 'param k changed from [1, 2.0, null] to 2.0 (config.yaml)',
      };
      assert.equal(await json(p, 'why', 'train@us'), {
        targets: ['train@us'],
        stages: [
          { name: 'clean', verdict: 'run', reason: `${dep.text}, and 1 more`, changes: [dep, param] },
          { name: 'train@us', verdict: 'pending', reason: 'waits for clean', changes: [] },
        ],
      });
      await p.remove('in');
      assert.equal(await stages(p, 'status', 'train@us'), [
        {
          name: 'clean',
          verdict: 'blocked',
          reason: 'Dep "in" of stage "clean" is not there',
          changes: [],
        },
        { name: 'train@us', verdict: 'blocked', reason: 'needs clean', changes: [] },
      ]);
    }));

  test('repro also where a stage fails; what stages and the engine say goes to the error stream', () =>
    withProject({ ...FILES, 'config.yaml': 'k: 1\ncode: 7\n' }, async (p) => {
      const { exitCode, stdout, stderr } = await p.run('repro', '--json', '-j1');
      const result = JSON.parse(stdout) as { stages: { name: string; status: string }[] };
      assert.equal(
        result.stages.map(({ name, status }) => [name, status]),
        [
          ['clean', 'ran'],
          ['train@fr', 'failed'],
          ['train@us', 'skipped'],
          ['score', 'skipped'],
        ],
      );
      assert.is(exitCode, 1);
      assert.match(
        stderr,
        /Running stage 'clean'[^]*error\[E_STAGE_FAILED\]: Stage "train@fr" failed: exit code 7/,
      );
    }));

  test('dag, stage list and check', () =>
    withProject(FILES, async (p) => {
      assert.equal(await json(p, 'dag'), {
        stages: ['clean', 'train@fr', 'train@us', 'score'],
        edges: [
          ['clean', 'train@fr'],
          ['clean', 'train@us'],
          ['train@fr', 'score'],
        ],
        groups: {},
      });
      assert.equal(await json(p, 'dag', 'train@fr'), {
        stages: ['clean', 'train@fr'],
        edges: [['clean', 'train@fr']],
        groups: {},
      });
      const list = (await json(p, 'stage', 'list')) as readonly object[];
      assert.equal(list.slice(0, 2), [
        {
          name: 'clean',
          group: null,
          desc: 'Cleans',
          action: { cmd: 'sort in > clean' },
          wdir: '.',
          deps: ['in'],
          outs: [{ path: 'clean', kind: 'out' }],
        },
        {
          name: 'train@fr',
          group: 'train',
          desc: null,
          action: { cmd: 'echo fr > m-fr; exit 0' },
          wdir: '.',
          deps: ['clean'],
          outs: [{ path: 'm-fr', kind: 'out' }],
        },
      ]);
      assert.equal(await json(p, 'check'), { errors: [] });
      await p.remove('in');
      assert.equal(await json(p, 'check'), {
        errors: [
          {
            code: 'E_MISSING_DEP',
            message: 'Dep "in" of stage "clean" is not there',
            hint: 'create the file, correct the path, or declare it as an out of the stage that makes it',
          },
        ],
      });
      assert.is((await p.run('check', '--json')).exitCode, 2);
    }));
});

suite('the same for people', (test) => {
  test('Graphviz and Mermaid; stage list and check', () =>
    withProject(FILES, async (p) => {
      const shown = async (...args: readonly string[]): Promise<string> => (await p.run(...args)).stdout;
      assert.is(
        await shown('dag', '--dot', 'score'),
        'strict digraph {\n  "clean";\n  "train@fr";\n  "score";\n  "clean" -> "train@fr";\n  "train@fr" -> "score";\n}\n',
      );
      assert.is(
        await shown('dag', '--mermaid', 'train@us'),
        'flowchart TD\n\tnode1["clean"]\n\tnode2["train@us"]\n\tnode1-->node2\n',
      );
      assert.is(
        await shown('stage', 'list'),
        'clean     Cleans\ntrain@fr  Outputs m-fr\ntrain@us  Outputs m-us\nscore     Reports s\n',
      );
      assert.is(await shown('check'), '4 stages, nothing wrong\n');
    }));
});

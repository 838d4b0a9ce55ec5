import { fileURLToPath } from 'node:url';
import * as assert from 'uvu/assert';
import { withProject } from '../support/project.ts';
import { suite, table } from '../support/suite.ts';

const CLI = fileURLToPath(new URL('../../dvc-like.js', import.meta.url));

const FILES = {
  'dvc-like.yaml': `stages:
  read: {cmd: cat in > r, deps: [in], outs: [r]}
  part: {foreach: [a, b, c], do: {cmd: 'cat r > p-\${item}', deps: [r], outs: ['p-\${item}']}}
  join: {cmd: cat p-a p-b > j, deps: [p-a, p-b], outs: [j]}
  other: {cmd: echo > o, outs: [o]}
`,
  in: 'one\n',
};

/** `join` needs two of the three parts. */
const DRAWN = `   ┌─────────┐
   │ = read  │
   └────┬────┘
        │
┌───────▼───────┐
│ = part@… (2)  │
└───────┬───────┘
        │
   ┌────▼────┐
   │ + join  │
   └─────────┘

+ 1 run   = 3 fresh
`;

suite('dag draws what repro would do', (test) => {
  test('to a target and all that it needs, groups as one', () =>
    withProject(FILES, async (p) => {
      await p.run('repro');
      await p.write({ 'dvc-like.yaml': FILES['dvc-like.yaml'].replace('cat p-a', 'cat  p-a') });
      const { stdout, exitCode } = await p.run('dag', 'join');
      assert.is(stdout, DRAWN);
      assert.is(exitCode, 0);
    }));

  test('to a target and all that needs it', () =>
    withProject(FILES, async (p) => {
      const { stdout } = await p.run('dag', '--downstream', 'part@b');
      assert.equal(stdout.match(/[a-z]+(@\S+)?(?= +│)/g), ['part@b', 'join']);
    }));

  test('to each member of a group', () =>
    withProject(FILES, async (p) => {
      const { stdout } = await p.run('dag', '--expand');
      for (const name of ['part@a', 'part@b', 'part@c']) assert.match(stdout, name);
    }));

  test('in the width that is asked for', () =>
    withProject(FILES, async (p) => {
      const { stdout } = await p.run('dag', '--expand', '--width', '24');
      assert.ok(
        stdout.split('\n').every((line) => line.length <= 24),
        stdout,
      );
    }));

  test('and changes nothing', () =>
    withProject(FILES, async (p) => {
      await p.run('dag');
      assert.not(await p.exists('dvc-like.lock'));
    }));
});

suite('dag has colours', (test) => {
  table(
    test,
    [
      { name: 'not in a pipe', env: {}, hasColours: false },
      { name: 'where FORCE_COLOR asks for them', env: { FORCE_COLOR: '1' }, hasColours: true },
      {
        name: 'which NO_COLOR does not take back',
        env: { FORCE_COLOR: '1', NO_COLOR: '1' },
        hasColours: true,
      },
      { name: 'not for FORCE_COLOR=0', env: { FORCE_COLOR: '0' }, hasColours: false },
    ],
    ({ env, hasColours }) =>
      withProject(
        FILES,
        async (p) => assert.is((await p.run('dag')).stdout.includes('\u001b['), hasColours),
        { env },
      ),
  );

  for (const [name, env, hasColours] of [
    ['on a terminal', '', true],
    ['not on one with NO_COLOR', 'NO_COLOR=1', false],
  ] as const) {
    test(name, () =>
      withProject(FILES, async (p) => {
        const cli = `env TERM=xterm ${env} ${process.execPath} ${CLI} dag`;
        const { stdout } = await p.exec('script', '-qec', cli, '/dev/null');
        assert.match(stdout, 'read');
        assert.is(stdout.includes('\u001b['), hasColours);
      }),
    );
  }
});

suite('dag gives the graph to other tools', (test) => {
  test('as Graphviz, Mermaid and Markdown, unfolded', () =>
    withProject(FILES, async (p) => {
      const [dot, mermaid, md] = await Promise.all(
        ['--dot', '--mermaid', '--md'].map(async (flag) => (await p.run('dag', flag, 'join')).stdout),
      );
      assert.match(dot!, '  "part@a" -> "join";');
      assert.match(mermaid!, '\tnode2["part@a"]');
      assert.match(md!, /^```mermaid\nflowchart TD\n[^`]*```\n$/);
    }));

  test('folded where that is asked for', () =>
    withProject(FILES, async (p) => {
      const { stdout } = await p.run('dag', '--mermaid', '--collapse-foreach-matrix', 'join');
      assert.match(stdout, 'node2["part@… (2)"]');
    }));

  test('as JSON', () =>
    withProject(FILES, async (p) => {
      const { stdout } = await p.run('dag', '--json', '--collapse-foreach-matrix', 'join');
      assert.equal(JSON.parse(stdout), {
        stages: ['read', 'part', 'join'],
        edges: [
          ['read', 'part'],
          ['part', 'join'],
        ],
        groups: { part: ['part@a', 'part@b'] },
      });
    }));
});

suite('dag refuses', (test) => {
  table(
    test,
    [
      {
        name: 'two forms at once',
        args: ['--dot', '--json'],
        says: '"--json" and "--dot" exclude each other',
      },
      {
        name: 'to fold and unfold',
        args: ['--expand', '--collapse-foreach-matrix'],
        says: 'exclude each other',
      },
      {
        name: 'a width that is none',
        args: ['--width', '7'],
        says: '"--width 7" is not a number of columns',
      },
      {
        name: 'a target as file',
        args: ['--html', 'join'],
        says: '"--html join" does not name an HTML file',
      },
      { name: 'downstream of nothing', args: ['--downstream'], says: '"--downstream" needs a target' },
      { name: 'a stage that is none', args: ['jon'], says: 'did you mean "join"?' },
    ],
    ({ args, says }) =>
      withProject(FILES, async (p) => {
        const { stderr, stdout, exitCode } = await p.run('dag', ...args);
        assert.match(stderr, says);
        assert.is(stdout, '');
        assert.is(exitCode, 2);
      }),
  );
});

suite('dag --html writes a page', (test) => {
  test('to dag.html, or where it is told', () =>
    withProject(FILES, async (p) => {
      assert.is((await p.run('dag', '--html')).stdout, 'Wrote dag.html\n');
      await p.run('dag', 'join', '--html', 'out/graph.html');
      assert.match(await p.read('dag.html'), 'data-id="other"');
      assert.not.match(await p.read('out/graph.html'), 'data-id="other"');
    }));

  test('to the output, the same each time', () =>
    withProject(FILES, async (p) => {
      const first = await p.run('dag', '--html', '-');
      const second = await p.run('dag', '--html', '-');
      assert.match(first.stdout, /^<!doctype html>/);
      assert.is(first.stdout, second.stdout);
    }));
});

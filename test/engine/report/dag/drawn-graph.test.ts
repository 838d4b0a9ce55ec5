import * as assert from 'uvu/assert';
import type { StageGraph } from '../../../../engine/graph/index.ts';
import {
  type DrawnGraph,
  dotText,
  drawnGraph,
  markdownText,
  mermaidText,
  type NodeState,
} from '../../../../engine/report/index.ts';
import { suite, table } from '../../../support/suite.ts';
import { graphOf } from '../../graph/graph-of.ts';

const PARTS = graphOf(`
stages:
  start: {cmd: start, outs: [s]}
  part: {foreach: [a, b, c], do: {cmd: 'part \${item}', deps: [s], outs: ['p/\${item}']}}
  end: {cmd: end, deps: [p/a, p/b], outs: [e]}
`);

/** `step@2` needs `between`, which needs `step@1`. */
const CROSSED = graphOf(`
stages:
  step: {foreach: {one: {in: i, out: x}, two: {in: y, out: z}}, do: {cmd: 'step', deps: ['\${item.in}'], outs: ['\${item.out}']}}
  between: {cmd: between, deps: [x], outs: [y]}
  plain: {foreach: [a, b], do: {cmd: 'plain \${item}', deps: [z], outs: ['q/\${item}']}}
`);

/** Each member needs the one before. */
const CHAIN = graphOf(`
stages:
  day: {foreach: {one: {in: i, out: x}, two: {in: x, out: y}}, do: {cmd: 'day', deps: ['\${item.in}'], outs: ['\${item.out}']}}
`);

const folded = (graph: StageGraph, states?: ReadonlyMap<string, NodeState>): DrawnGraph =>
  drawnGraph(graph, graph.order, { isFolded: true, ...(states === undefined ? {} : { states }) });

const labels = ({ nodes }: DrawnGraph): readonly string[] => nodes.map(({ label }) => label);

suite('drawnGraph() folds groups', (test) => {
  test('into one node each, with each line once', () => {
    const graph = folded(PARTS);
    assert.equal(labels(graph), ['start', 'part@… (3)', 'end']);
    assert.equal(graph.edges, [
      ['start', 'part'],
      ['part', 'end'],
    ]);
  });

  test('not, where they are to be seen', () => {
    const graph = drawnGraph(PARTS, PARTS.order, { isFolded: false });
    assert.equal(labels(graph), ['start', 'part@a', 'part@b', 'part@c', 'end']);
    assert.is(graph.edges.length, 5);
  });

  test('by what is selected of them; of one it shows the name', () => {
    const graph = drawnGraph(PARTS, ['start', 'part@b'], { isFolded: true });
    assert.equal(labels(graph), ['start', 'part@b']);
    assert.equal(graph.edges, [['start', 'part']]);
  });

  test('not in a cycle that only folding would close', () => {
    assert.equal(labels(folded(CROSSED)), ['step@one', 'between', 'step@two', 'plain@… (2)']);
  });

  test('whose members need each other', () => {
    const graph = folded(CHAIN);
    assert.equal(labels(graph), ['day@… (2)']);
    assert.equal(graph.edges, []);
  });

  table(
    test,
    [
      { name: 'which all have', states: ['fresh', 'fresh', 'fresh'], state: 'fresh', label: 'part@… (3)' },
      { name: 'which two have', states: ['run', 'fresh', 'run'], state: 'run', label: 'part@… (2 of 3)' },
      {
        name: 'which matters most',
        states: ['fresh', 'blocked', 'run'],
        state: 'blocked',
        label: 'part@… (1 of 3)',
      },
    ] as const,
    ({ states, state, label }) => {
      const graph = folded(PARTS, new Map(states.map((each, i) => [`part@${'abc'[i]!}`, each])));
      const node = graph.nodes.find(({ id }) => id === 'part')!;
      assert.is(node.state, state);
      assert.is(node.label, label);
    },
  );
});

suite('graphs for other tools', (test) => {
  const graph = folded(PARTS);

  test('dotText() labels folded groups', () => {
    assert.is(
      dotText(graph),
      `strict digraph {
  "start";
  "part" [label="part@… (3)"];
  "end";
  "start" -> "part";
  "part" -> "end";
}
`,
    );
  });

  test('mermaidText() numbers nodes in plan order', () => {
    assert.is(
      mermaidText([graph]),
      'flowchart TD\n\tnode1["start"]\n\tnode2["part@… (3)"]\n\tnode3["end"]\n\tnode1-->node2\n\tnode2-->node3\n',
    );
  });

  test('markdownText() fences it', () => {
    assert.is(markdownText([graph]), `\`\`\`mermaid\n${mermaidText([graph])}\`\`\`\n`);
  });

  test('quotes in names end nothing', () => {
    const id = 'a"b\\';
    const odd = { nodes: [{ id, label: id, members: [id], state: undefined }], edges: [] };
    assert.match(dotText(odd), '"a\\"b\\\\";');
    assert.match(mermaidText([odd]), 'node1["a#quot;b\\"]');
  });
});

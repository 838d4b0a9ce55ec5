import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import * as assert from 'uvu/assert';
import { cellsOf } from '../../../../engine/core/index.ts';
import { type DrawnGraph, drawnGraph, loadDag, type NodeState } from '../../../../engine/report/index.ts';
import { note, suite, table } from '../../../support/suite.ts';
import { graphOf } from '../../graph/graph-of.ts';
import { FIVE, graphFrom, randomGraph, SIXTY, STATES, STUDY, TWELVE } from './drawn-graphs.ts';
import { readDrawing } from './read-drawing.ts';

const { terminalText, loadLayout } = await loadDag();
const layout = await loadLayout();

const draw = (graph: DrawnGraph, width: number, isColoured = false, states = statesOf(graph)): string =>
  terminalText(graph, { width, isColoured, states }, layout);

const statesOf = ({ nodes }: DrawnGraph): ReadonlyMap<string, NodeState> =>
  new Map(nodes.flatMap(({ id, state }) => (state === undefined ? [] : [[id, state] as const])));

const columnsOf = (text: string): number => cellsOf(text).reduce((sum, { columns }) => sum + columns, 0);

const golden = (name: string): string =>
  readFileSync(new URL(`./golden/${name}.txt`, import.meta.url), 'utf8').trimEnd();

const study = graphOf(STUDY);
const studyStates = new Map(
  study.order.map((name, i): [string, NodeState] => [name, STATES[Math.floor(i / 20)]!]),
);
const STUDY_GRAPH = drawnGraph(study, study.order, { isFolded: true, states: studyStates });

suite('dag draws boxes and lines', (test) => {
  table(
    test,
    [
      { name: '5 stages', graph: FIVE, width: 80, file: '5' },
      { name: '12 stages', graph: TWELVE, width: 80, file: '12' },
      { name: '12 stages in 46 columns', graph: TWELVE, width: 46, file: '12-narrow' },
      { name: '60 stages', graph: SIXTY, width: 120, file: '60' },
      { name: 'the study', graph: STUDY_GRAPH, width: 80, file: 'study', states: studyStates },
    ],
    ({ graph, width, file, states }) => {
      assert.is(draw(graph, width, false, states ?? statesOf(graph)), golden(file));
    },
  );

  table(
    test,
    [
      { name: '12', graph: TWELVE, width: 80 },
      { name: '60', graph: SIXTY, width: 120 },
      { name: 'a fan of 30, in rows', graph: fan(30), width: 80 },
    ],
    ({ graph, width }) => {
      const text = draw(graph, width).split('\n\n')[0]!;
      assert.equal(readDrawing(text).edges, edgesOf(graph), text);
    },
  );

  test('in the order of the plan from left to right', () => {
    const rows = draw(fan(4), 80).split('\n');
    const row = rows.find((line) => line.includes('part0'))!;
    assert.equal(row.match(/part\d/g), ['part0', 'part1', 'part2', 'part3']);
  });

  test('characters of two columns, and controls as what they are', () => {
    const graph = graphFrom('数据清洗:\n训练: 数据清洗');
    const text = draw(
      { ...graph, nodes: graph.nodes.map((node) => ({ ...node, label: `${node.id}\u001b[31m` })) },
      40,
    );
    const lines = text.split('\n').filter((line) => /[┌│└]/.test(line));
    assert.ok(lines.every((line) => !line.includes('\u001b')));
    const [border, name] = lines.map(columnsOf);
    assert.is(border, name);
  });

  test('nothing of nothing', () => {
    assert.is(draw({ nodes: [], edges: [] }, 80), '');
  });
});

suite('dag keeps to the width, whatever the graph', (test) => {
  const width = fc.integer({ min: 20, max: 160 });

  test('and names every stage with all that it needs', () => {
    let drawn = 0;
    let outlined = 0;
    fc.assert(
      fc.property(randomGraph(24), width, (graph, columns) => {
        const text = draw(graph, columns);
        for (const line of text.split('\n'))
          assert.ok(columnsOf(line) <= columns, `${columnsOf(line)}: ${line}`);
        const hasCounts = graph.nodes.some(({ state }) => state !== undefined);
        const body = hasCounts ? text.slice(0, text.lastIndexOf('\n\n')) : text;
        if (body.includes('┌')) {
          drawn += 1;
          const read = readDrawing(body);
          assert.equal([...read.labels].sort(), graph.nodes.map(({ label }) => label).sort(), text);
          assert.equal(read.edges, edgesOf(graph), text);
        } else {
          outlined += 1;
          assert.equal(outlineEdges(body, graph), edgesOf(graph), text);
        }
      }),
      { numRuns: 200 },
    );
    note(`${drawn} graphs drawn, ${outlined} listed`);
    assert.ok(drawn > outlined);
  });

  test('with 60 stages', () => {
    fc.assert(
      fc.property(randomGraph(60), fc.integer({ min: 80, max: 200 }), (graph, columns) => {
        const text = draw(graph, columns);
        assert.ok(text.split('\n').every((line) => columnsOf(line) <= columns));
        for (const { label } of graph.nodes) assert.ok(text.replaceAll(/\s/g, '').length > label.length);
      }),
      { numRuns: 20 },
    );
  });
});

suite('dag tells the state of each stage', (test) => {
  test('by a sign, and counts them below', () => {
    const text = draw(FIVE, 80);
    for (const sign of ['= fetch', '+ clean', '< features', '? train', '! evaluate']) {
      assert.ok(text.includes(sign), sign);
    }
    assert.is(text.split('\n').at(-1), '! 1 blocked   + 1 run   < 1 restore   ? 1 pending   = 1 fresh');
  });

  test('by colour too, which takes no room', () => {
    const coloured = draw(FIVE, 80, true);
    assert.match(coloured, '\u001b[32m');
    // biome-ignore lint: the escape is what is looked for
    assert.is(coloured.replaceAll(/\u001b\[\d+m/g, ''), draw(FIVE, 80));
  });

  test('not at all where nothing is planned', () => {
    const plain = { ...FIVE, nodes: FIVE.nodes.map((node) => ({ ...node, state: undefined })) };
    assert.not.match(draw(plain, 80), /[=+<?!]/);
  });
});

suite('dag lists what it cannot draw', (test) => {
  test('in lines that go on below', () => {
    assert.is(draw(tangle(14), 44), golden('listed'));
  });
});

/** Each stage needs about two fifths of those before it. */
function tangle(count: number): DrawnGraph {
  const lines = Array.from({ length: count }, (_, i) => {
    const needs = Array.from({ length: i }, (__, j) => j).filter(
      (j) => Math.imul(31 * i + j, 2_654_435_761) >>> 28 < 6,
    );
    return `stage-${i}: ${needs.map((j) => `stage-${j}`).join(' ')}`;
  });
  return graphFrom(lines.join('\n'));
}

function fan(count: number): DrawnGraph {
  const parts = Array.from({ length: count }, (_, i) => `part${i}`);
  return graphFrom(
    ['start:', ...parts.map((part) => `${part}: start`), `end: ${parts.join(' ')}`].join('\n'),
  );
}

function edgesOf({ edges }: DrawnGraph): readonly string[] {
  return edges.map(([from, to]) => `${from} -> ${to}`).sort();
}

/** Reads `name  <- a, b` back, whose lines may be broken anywhere. */
function outlineEdges(text: string, { nodes }: DrawnGraph): readonly string[] {
  const joined = text.replaceAll(/\n {4}/g, '').split('\n');
  assert.is(joined.length, nodes.length, text);
  return joined
    .flatMap((line, i) => {
      const { id, state } = nodes[i]!;
      const [name, needs = ''] = line.replaceAll(' ', '').split('<-');
      assert.is(state === undefined ? name : name!.slice(1), id, text);
      return needs
        .split(',')
        .filter(Boolean)
        .map((from) => `${from} -> ${id}`);
    })
    .sort();
}

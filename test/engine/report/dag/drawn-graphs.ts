/**
 * Graphs to draw: of the sizes that the golden drawings have, of the study's shape, and at random.
 *
 * @module
 */

import fc from 'fast-check';
import type { DrawnGraph, NodeState } from '../../../../engine/report/index.ts';

export const STATES: readonly NodeState[] = ['fresh', 'run', 'restore', 'pending', 'blocked', 'frozen'];

/** @param text `name: what it needs` on lines; the states are dealt in turn. */
export function graphFrom(text: string): DrawnGraph {
  const lines = text.trim().split('\n');
  const nodes = lines.map((line, i) => {
    const id = line.trim().split(':')[0]!;
    return { id, label: id, members: [id], state: STATES[i % STATES.length] };
  });
  const edges = lines.flatMap((line) => {
    const [to, needs = ''] = line.trim().split(/:\s*/);
    return needs
      .split(' ')
      .filter(Boolean)
      .map((from) => [from, to!] as const);
  });
  return { nodes, edges };
}

export const FIVE = graphFrom(`
  fetch:
  clean: fetch
  features: clean
  train: features
  evaluate: train features
`);

export const TWELVE = graphFrom(`
  fetch-questions:
  fetch-answers:
  join: fetch-questions fetch-answers
  clean: join
  split: clean
  vectorize: split
  labels: split
  train-linear: vectorize labels
  train-forest: vectorize labels
  compare: train-linear train-forest labels
  monitor: compare clean
  report: compare monitor
`);

/** Six lanes of nine stages, each with its checks, that end in one report. */
export const SIXTY = graphFrom(
  [
    'source:',
    ...range(6).flatMap((lane) => [
      `l${lane}-read: source`,
      `l${lane}-clean: l${lane}-read`,
      `l${lane}-check: l${lane}-read`,
      `l${lane}-split: l${lane}-clean`,
      `l${lane}-vectors: l${lane}-split`,
      `l${lane}-labels: l${lane}-split`,
      `l${lane}-train: l${lane}-vectors l${lane}-labels`,
      `l${lane}-score: l${lane}-train l${lane}-split`,
      `l${lane}-page: l${lane}-score`,
    ]),
    `merge: ${range(6)
      .map((lane) => `l${lane}-score`)
      .join(' ')}`,
    'drift: merge',
    'rank: merge',
    `health: ${range(6)
      .map((lane) => `l${lane}-check`)
      .join(' ')}`,
    'report: drift rank health',
  ].join('\n'),
);

/** A manifest of the study's shape. */
export const STUDY = `
stages:
  truth: {cmd: truth, outs: [truth.json]}
  collect:
    partition: {by: month, from: 2021-01, to: 2023-12}
    do: {cmd: 'collect \${item}', deps: [truth.json], outs: ['raw/\${item}.jsonl']}
  clean:
    partition: {by: month, from: 2021-01, to: 2023-12}
    do: {cmd: 'clean \${item}', deps: ['raw/\${item}.jsonl'], outs: ['clean/\${item}.jsonl']}
  labels: {cmd: labels, deps: [clean/2021-01.jsonl], outs: [labels.json]}
  featurize: {cmd: featurize, deps: [clean/2021-01.jsonl], outs: [text.arrays]}
  train: {cmd: train, deps: [labels.json, text.arrays], outs: [model]}
  evaluate: {cmd: evaluate, deps: [model, clean/2022-12.jsonl], outs: [evaluate.json]}
  monthly:
    partition: {by: month, from: 2023-01, to: 2023-12}
    do: {cmd: 'monthly \${item}', deps: [model, 'clean/\${item}.jsonl'], outs: ['monthly/\${item}.json']}
  report: {cmd: report, deps: [truth.json, model, evaluate.json, monthly/2023-01.json], outs: [report.json]}
`;

const name = fc.stringMatching(/^[a-z][a-z0-9_.-]{0,24}$/);

/** Up to `size` nodes, most of which need one to three of those shortly before them. */
export const randomGraph = (size: number): fc.Arbitrary<DrawnGraph> =>
  fc
    .array(
      fc.record({
        name,
        needs: fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 3 }),
        state: fc.constantFrom(undefined, ...STATES),
      }),
      { minLength: 1, maxLength: size },
    )
    .map((list) => {
      const ids = list.map(({ name: stem }, i) => `${stem}${i}`);
      const nodes = list.map(({ state }, i) => ({ id: ids[i]!, label: ids[i]!, members: [ids[i]!], state }));
      const edges = list.flatMap(({ needs }, i) =>
        [...new Set(needs.map((back) => i - back))]
          .filter((from) => from >= 0)
          .map((from) => [ids[from]!, ids[i]!] as const),
      );
      return { nodes, edges };
    });

function range(count: number): readonly number[] {
  return Array.from({ length: count }, (_, i) => i);
}

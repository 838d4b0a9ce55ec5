/**
 * Random repositories.
 *
 * @module
 */

import { posix } from 'node:path';
import fc from 'fast-check';
import type { Files } from '../../../support/project.ts';
import {
  type Group,
  outPaths,
  type RandomOut,
  type RandomParams,
  type RandomProject,
  type RandomSource,
  type RandomStage,
} from './model.ts';

/** Files that no stage makes. */
export const INPUTS = ['in0', 'in1', 'd/x', 'd/sub/y', 'sub/in2'] as const;

const SOURCES: readonly RandomSource[] = [
  { path: 'data0', isDirectory: false },
  { path: 'dd', isDirectory: true },
  { path: 'sub/data1', isDirectory: false },
];

const PARAMS: readonly RandomParams[] = [
  { file: 'params.yaml', keys: ['p0'] },
  { file: 'params.yaml', keys: ['p1'] },
  { file: 'params.yaml', keys: ['n.p2'] },
  { file: 'params.yaml', keys: ['n'] },
  { file: 't.toml', keys: ['a.b'] },
  { file: 'j.json', keys: ['k'] },
  { file: 'm.py', keys: ['X'] },
  { file: 't.toml', keys: [] },
  { file: 'params.yaml', keys: [] },
  { file: 'sub/params.yaml', keys: ['p3'] },
];

/** Beside the manifests. */
export const BASE_FILES: Files = {
  ...Object.fromEntries(INPUTS.map((path) => [path, `first ${path}\n`])),
  't.toml': '[a]\nb = 1.0\n',
  'j.json': '{"k": [1, 2.0, null]}',
  'm.py': 'X = {"y": 1}\n',
  'sub/params.yaml': 'p3: 5\n',
  'w/keep': '',
  'sub/w/keep': '',
  data0: 'data0\n',
  'dd/a': 'a\n',
  'dd/e/b': 'b\n',
  'sub/data1': 'data1\n',
};

export const number = fc.nat({ max: 19 });

/** Mostly the first. */
const mostly = <T>(usual: T, weight: number, ...others: readonly T[]): fc.Arbitrary<T> =>
  fc.oneof({ weight, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constantFrom(...others) });

interface OutChoice {
  readonly kind: RandomOut['kind'];
  readonly isDirectory: boolean;
  readonly flags: readonly string[];
  readonly isBelow: boolean;
}

const outChoice: fc.Arbitrary<OutChoice> = fc.record({
  kind: mostly<RandomOut['kind']>('outs', 4, 'metrics', 'plots'),
  isDirectory: mostly(false, 2, true),
  flags: mostly<readonly string[]>(
    [],
    3,
    ['cache: false'],
    ['persist: true'],
    ['persist: true', 'cache: false'],
    ['push: false'],
    ['desc: x', 'type: t', 'labels: [l]', 'meta: {k: 1}'],
  ),
  isBelow: mostly(false, 4, true),
});

interface StageChoice extends Omit<RandomStage, 'name' | 'deps' | 'params' | 'outs'> {
  readonly deps: readonly number[];
  readonly params: readonly number[];
  readonly outs: readonly OutChoice[];
}

const stageChoice: fc.Arbitrary<StageChoice> = fc.record({
  directory: mostly<RandomStage['directory']>('', 3, 'sub'),
  wdir: mostly<RandomStage['wdir']>('', 4, 'w'),
  group: mostly<Group>('none', 4, 'list', 'mapping', 'indexed', 'variable', 'matrix', 'two axes'),
  deps: fc.array(number, { maxLength: 3 }),
  params: fc.uniqueArray(number, { maxLength: 2, selector: (which) => which % PARAMS.length }),
  outs: fc.oneof(
    { weight: 6, arbitrary: fc.array(outChoice, { minLength: 1, maxLength: 1 }) },
    { weight: 2, arbitrary: fc.array(outChoice, { minLength: 2, maxLength: 2 }) },
    { weight: 1, arbitrary: fc.constant([]) },
  ),
  version: fc.constant(0),
  form: mostly<RandomStage['form']>('line', 3, 'lines', 'list'),
  fault: mostly<RandomStage['fault']>('none', 14, 'first', 'last', 'no out'),
  isTemplated: mostly(false, 3, true),
  isAlwaysChanged: mostly(false, 11, true),
  isFrozen: mostly(false, 15, true),
  note: mostly('', 6, 'desc: what it does', 'meta: {a: [1, b]}'),
});

export const project: fc.Arbitrary<RandomProject> = fc
  .record({
    stages: fc.array(stageChoice, { minLength: 1, maxLength: 5 }),
    sources: fc.subarray([...SOURCES]),
  })
  .map(({ stages, sources }) => {
    const items = ['u', 'v'];
    const made: RandomStage[] = [];
    for (const [at, choice] of stages.entries()) made.push(resolve(choice, at, made, sources, items));
    return { stages: made, sources, isCacheWhole: true, variable: '1', items, params: ['1', '2', '3'] };
  });

/** What a stage may depend on: inputs, data, outs of stages before it, what lies in them and what holds them. */
export function available(
  before: readonly RandomStage[],
  sources: readonly RandomSource[],
  items: readonly string[],
): readonly string[] {
  const outs = before.flatMap((stage) => outPaths(stage, items));
  return [
    ...INPUTS,
    'd',
    'd/sub',
    ...sources.flatMap(({ path, isDirectory }) => (isDirectory ? [path, `${path}/a`] : [path])),
    // Twice: what stages make is what matters most.
    ...[...outs, ...outs].map(({ path }) => path),
    ...outs.flatMap(({ path, isDirectory }) => (isDirectory ? [`${path}/x`, `${path}/sub`] : [])),
  ];
}

function resolve(
  choice: StageChoice,
  at: number,
  before: readonly RandomStage[],
  sources: readonly RandomSource[],
  items: readonly string[],
): RandomStage {
  const paths = available(before, sources, items);
  const params = choice.params.map((which) => PARAMS[which % PARAMS.length]!);
  return {
    ...choice,
    name: `s${at}`,
    deps: [...new Set(choice.deps.map((which) => paths[which % paths.length]!))],
    params: withoutOverlap(params),
    outs: choice.outs.map((out, i) => {
      const below = out.isBelow ? `outs${at}` : '';
      const isDirectory = out.isDirectory && out.kind === 'outs';
      const name = `o${at}${'ab'[i]!}ITEM${isDirectory ? '' : out.kind === 'outs' ? '.txt' : '.json'}`;
      const path = posix.join(choice.directory, choice.wdir, below, name);
      return { kind: out.kind, isDirectory, flags: out.flags, path };
    }),
  };
}

/** A file is named once as a whole, or by keys that do not hold each other. */
function withoutOverlap(params: readonly RandomParams[]): readonly RandomParams[] {
  const files = params.map(({ file }) => file);
  return params.filter(({ file }, i) => files.indexOf(file) === i);
}

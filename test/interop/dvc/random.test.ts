/**
 * Random small pipelines and random edits: real DVC and `dvc-like` end alike after each step. fast-check prints the seed and
 * the smallest case of a failure; `DVC_LIKE_INTEROP_SEED` begins with another seed, `npm run interop` takes more cases.
 *
 * @module
 */

import fc from 'fast-check';
import type { Files } from '../../support/project.ts';
import { suite } from '../../support/suite.ts';
import { NO_DVC, type RealDvc, startDvc } from './real-dvc.ts';
import { run, runJson, type Scenario, type Step, sh, write } from './scenario.ts';
import { compareSides } from './side-by-side.ts';

const CASES = Number(process.env['DVC_LIKE_INTEROP_CASES'] ?? 10);
const SEED = Number(process.env['DVC_LIKE_INTEROP_SEED'] ?? 1);

interface RandomStage {
  /** Numbers of what it depends on, modulo what there is. */
  readonly deps: readonly number[];
  readonly out: 'file' | 'directory' | 'no cache' | 'persist' | 'metric';
  readonly params: readonly number[];
  readonly isAlwaysChanged: boolean;
  readonly isFrozen: boolean;
  /** Two stages of `foreach`, or of `matrix`, instead of one. */
  readonly group: 'none' | 'foreach' | 'matrix';
  /** What it appends: another number is another command. */
  readonly version: number;
}

type Edit =
  | { readonly kind: 'input'; readonly which: number; readonly content: number }
  | { readonly kind: 'param'; readonly which: number; readonly value: string }
  | {
      readonly kind: 'remove-out' | 'edit-out' | 'add-to-tree' | 'freeze' | 'drop-object' | 'forget';
      readonly which: number;
    }
  | { readonly kind: 'command'; readonly which: number }
  | { readonly kind: 'swap-dep'; readonly which: number; readonly dep: number }
  | { readonly kind: 'run'; readonly args: readonly string[]; readonly target: number | undefined }
  | { readonly kind: 'drop-cache' };

const INPUTS = ['in0', 'in1', 'd/x', 'd/sub/y'];
/** As stages name them: three of `params.yaml`, then of other files. */
const PARAMS = ['p0', 'p1', 'n.p2', 't.toml: [a.b]', 'j.json: [k]', 'm.py: [X]'];

const index = fc.nat({ max: 11 });

const stage: fc.Arbitrary<RandomStage> = fc.record({
  deps: fc.array(index, { maxLength: 3 }),
  out: fc.oneof(
    { weight: 4, arbitrary: fc.constant('file' as const) },
    { weight: 2, arbitrary: fc.constant('directory' as const) },
    { weight: 1, arbitrary: fc.constantFrom('no cache' as const, 'persist' as const, 'metric' as const) },
  ),
  params: fc.uniqueArray(fc.nat({ max: PARAMS.length - 1 }), { maxLength: 2 }),
  isAlwaysChanged: fc.oneof(
    { weight: 9, arbitrary: fc.constant(false) },
    { weight: 1, arbitrary: fc.constant(true) },
  ),
  isFrozen: fc.constant(false),
  group: fc.oneof(
    { weight: 5, arbitrary: fc.constant('none' as const) },
    { weight: 1, arbitrary: fc.constantFrom('foreach' as const, 'matrix' as const) },
  ),
  version: fc.constant(0),
});

const target = fc.option(index, { nil: undefined });

const edit: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({ kind: fc.constant('input' as const), which: index, content: fc.nat({ max: 2 }) }),
  fc.record({
    kind: fc.constant('param' as const),
    which: index,
    value: fc.constantFrom('1', '1.0', "'1'", '[1, 2]', 'null', '1e-05', 'true'),
  }),
  fc.record({
    kind: fc.constantFrom(
      'remove-out' as const,
      'edit-out' as const,
      'add-to-tree' as const,
      'freeze' as const,
      'drop-object' as const,
      'forget' as const,
    ),
    which: index,
  }),
  fc.record({ kind: fc.constant('command' as const), which: index }),
  fc.record({ kind: fc.constant('swap-dep' as const), which: index, dep: index }),
  fc.constant({ kind: 'drop-cache' as const }),
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('run' as const),
      args: fc.constantFrom(
        ['repro'],
        ['repro'],
        ['repro', '-f'],
        ['repro', '-s'],
        ['repro', '--downstream'],
        ['repro', '--force-downstream'],
        ['repro', '--no-run-cache'],
        ['repro', '--no-commit'],
        ['repro', '-k'],
        ['repro', '--allow-missing'],
        ['repro', '--pull'],
        ['repro', '-p'],
        ['repro', '--glob', 's[0-2]*'],
        ['repro', '-s', '-f'],
        ['status', '--json'],
        ['checkout'],
        ['commit', '-f'],
        ['gc', '-w', '-f'],
      ),
      target,
    }),
  },
);

const TAKES_TARGET = new Set(['repro', 'status']);

function toScenario(stages: readonly RandomStage[], edits: readonly Edit[]): Scenario {
  let current = [...stages];
  const params = ['1', '2', '3'];
  const nameOf = (which: number): string => `s${which % current.length}`;
  const steps: Step[] = [run('repro')];
  for (const each of edits) {
    const which = 'which' in each ? each.which : 0;
    const at = which % current.length;
    const [out] = outsOf(current[at]!, at);
    switch (each.kind) {
      case 'input':
        steps.push(write({ [INPUTS[which % INPUTS.length]!]: `content ${each.content}\n` }));
        break;
      case 'param':
        steps.push(write(paramEdit(which % PARAMS.length, each.value, params)));
        break;
      case 'remove-out':
        steps.push(sh(`rm -rf ${out}`));
        break;
      case 'edit-out':
        steps.push(sh(`[ -d ${out} ] || { rm -f ${out}; echo edited > ${out}; }`));
        break;
      case 'add-to-tree':
        steps.push(sh(`[ ! -d ${out} ] || echo new > ${out}/new`));
        break;
      case 'command':
        current = current.with(at, { ...current[at]!, version: current[at]!.version + 1 });
        steps.push(write({ 'dvc.yaml': manifestText(current) }));
        break;
      case 'swap-dep':
        current = current.with(at, { ...current[at]!, deps: [each.dep, ...current[at]!.deps.slice(1)] });
        steps.push(write({ 'dvc.yaml': manifestText(current) }));
        break;
      case 'freeze':
        current = current.with(at, { ...current[at]!, isFrozen: !current[at]!.isFrozen });
        steps.push(write({ 'dvc.yaml': manifestText(current) }));
        break;
      case 'drop-object':
        steps.push(
          sh(
            `[ ! -f ${out!} ] || { md5=$(md5sum ${out!} | cut -c1-32); tail=\${md5#??}; ` +
              `rm -f ".dvc/cache/files/md5/\${md5%$tail}/$tail"; }`,
          ),
        );
        break;
      case 'forget':
        steps.push(
          sh(
            which % 3 === 0 ? 'rm -f dvc.lock' : "[ ! -f dvc.lock ] || sed -i '/isexec/d; /size:/d' dvc.lock",
          ),
        );
        break;
      case 'drop-cache':
        steps.push(sh('rm -rf .dvc/cache/files'));
        break;
      case 'run': {
        const takesTarget =
          TAKES_TARGET.has(each.args[0]!) &&
          !each.args.includes('--glob') &&
          (each.target !== undefined || each.args.length > 1);
        const args = [...each.args, ...(takesTarget ? [nameOf(each.target ?? 0)] : [])];
        steps.push(args.includes('--json') ? runJson(...args) : run(...args));
        break;
      }
    }
  }
  steps.push(run('repro'), runJson('status', '--json'));
  return {
    name: 'random',
    files: {
      'dvc.yaml': manifestText(stages),
      'params.yaml': paramsText(['1', '2', '3']),
      't.toml': '[a]\nb = 1.0\n',
      'j.json': '{"k": [1, 2.0, null]}',
      'm.py': 'X = {"y": 1}\n',
      ...Object.fromEntries(INPUTS.map((path) => [path, `first ${path}\n`])),
    },
    steps,
    onPurpose: { aspects: ['gitignore'], why: 'DVC takes back the lines of stages that succeeded' },
  };
}

/** @param params Of `params.yaml`; changed where one of them is meant. */
function paramEdit(which: number, value: string, params: string[]): Files {
  const isPlain = /^[\d.]+$/.test(value);
  if (which === 3) return { 't.toml': `[a]\nb = ${isPlain ? value : 7}\n` };
  if (which === 4) return { 'j.json': `{"k": ${value.startsWith("'") ? '"1"' : value}}` };
  if (which === 5) return { 'm.py': `X = ${isPlain ? value : '{"y": 2}'}\n` };
  params[which] = value;
  return { 'params.yaml': paramsText(params) };
}

const paramsText = ([p0, p1, p2]: readonly string[]): string =>
  `p0: ${p0!}\np1: ${p1!}\nn: {p2: ${p2!}, q: x}\n`;

/** Two of a group, else one. */
const outsOf = ({ out, group }: RandomStage, at: number): readonly string[] =>
  (group === 'none' ? [''] : ['u', 'v']).map((item) => `o${at}${item}${out === 'directory' ? '' : '.txt'}`);

function manifestText(stages: readonly RandomStage[]): string {
  return `stages:\n${stages.map((each, at) => stageText(stages, each, at)).join('')}`;
}

const FLAGS = {
  file: '',
  directory: '',
  'no cache': ': {cache: false}',
  persist: ': {persist: true}',
  metric: ': {cache: false}',
};

function stageText(stages: readonly RandomStage[], each: RandomStage, at: number): string {
  const made = stages.slice(0, at).flatMap((before, i) => outsOf(before, i));
  const available = ['in0', 'in1', 'd', 'd/x', ...made];
  const deps = [...new Set(each.deps.map((which) => available[which % available.length]!))];
  const item = { none: '', foreach: '${item}', matrix: '${item.i}' }[each.group];
  const out = `o${at}${item}${each.out === 'directory' ? '' : '.txt'}`;
  const read = deps.map((dep) => `find ${dep} -type f | sort | xargs cat`).join('; ') || 'true';
  const make =
    each.out === 'directory'
      ? `mkdir -p ${out}/sub; { ${read}; } > ${out}/x; echo ${each.version} > ${out}/sub/y`
      : `{ ${read}; echo ${each.version}; } ${each.out === 'persist' ? '>>' : '>'} ${out}`;
  const lines = [
    `cmd: ${JSON.stringify(`echo s${at}${item} >> $RAN; set -e; ${make}`)}`,
    ...(deps.length > 0 ? ['deps:', ...deps.map((dep) => `- ${dep}`)] : []),
    ...(each.params.length > 0 ? ['params:', ...each.params.map((which) => `- ${PARAMS[which]!}`)] : []),
    `${each.out === 'metric' ? 'metrics' : 'outs'}:`,
    `- ${out}${FLAGS[each.out]}`,
    ...(each.isAlwaysChanged ? ['always_changed: true'] : []),
    ...(each.isFrozen ? ['frozen: true'] : []),
  ];
  const body = (indent: string): string => lines.map((line) => `${indent}${line}\n`).join('');
  switch (each.group) {
    case 'none':
      return `  s${at}:\n${body('    ')}`;
    case 'foreach':
      return `  s${at}:\n    foreach: [u, v]\n    do:\n${body('      ')}`;
    case 'matrix':
      return `  s${at}:\n    matrix: {i: [u, v]}\n${body('    ')}`;
  }
}

suite('random pipelines and edits', {
  skip: NO_DVC,
  timeoutMs: CASES > 10 ? 119 * 60_000 : 14 * 60_000,
}, (test) => {
  test(`${CASES} of them from seed ${SEED} end as with DVC`, async () => {
    const dvc: RealDvc = startDvc();
    try {
      await fc.assert(
        fc.asyncProperty(
          fc.array(stage, { minLength: 1, maxLength: 5 }),
          fc.array(edit, { minLength: 1, maxLength: 7 }),
          (stages, edits) => compareSides(toScenario(stages, edits), dvc),
        ),
        {
          numRuns: CASES,
          includeErrorInReport: true,
          seed: SEED,
          interruptAfterTimeLimit: (CASES > 10 ? 118 : 13) * 60_000,
          markInterruptAsFailure: false,
        },
      );
    } finally {
      dvc.close();
    }
  });
});

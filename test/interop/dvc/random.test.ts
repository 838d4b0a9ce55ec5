/**
 * Random small pipelines and random edits: real DVC and `dvc-like` end alike after each step. fast-check prints the seed and
 * the smallest case of a failure; `DVC_LIKE_INTEROP_SEED` begins with another seed, `npm run interop` takes more cases.
 *
 * Frozen stages are left to the scenarios: what is missing of them is restored here, where DVC fails.
 *
 * @module
 */

import fc from 'fast-check';
import { suite } from '../../support/suite.ts';
import { NO_DVC, type RealDvc, startDvc } from './real-dvc.ts';
import { run, runJson, type Scenario, type Step, sh, write } from './scenario.ts';
import { compareSides } from './side-by-side.ts';

const CASES = process.env['DVC_LIKE_INTEROP'] === 'all' ? 100 : 10;
const SEED = Number(process.env['DVC_LIKE_INTEROP_SEED'] ?? 1);

interface RandomStage {
  /** Numbers of what it depends on, modulo what there is. */
  readonly deps: readonly number[];
  readonly out: 'file' | 'directory' | 'no cache' | 'persist' | 'metric';
  readonly params: readonly number[];
  readonly isAlwaysChanged: boolean;
  /** What it appends: another number is another command. */
  readonly version: number;
}

type Edit =
  | { readonly kind: 'input'; readonly which: number; readonly content: number }
  | { readonly kind: 'param'; readonly which: number; readonly value: string }
  | { readonly kind: 'remove-out' | 'edit-out' | 'add-to-tree'; readonly which: number }
  | { readonly kind: 'command'; readonly which: number }
  | { readonly kind: 'swap-dep'; readonly which: number; readonly dep: number }
  | { readonly kind: 'run'; readonly args: readonly string[]; readonly target: number | undefined }
  | { readonly kind: 'drop-cache' };

const INPUTS = ['in0', 'in1', 'd/x', 'd/sub/y'];
const PARAMS = ['p0', 'p1', 'n.p2'];

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
    kind: fc.constantFrom('remove-out' as const, 'edit-out' as const, 'add-to-tree' as const),
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
    const out = outOf(current[at]!, at);
    switch (each.kind) {
      case 'input':
        steps.push(write({ [INPUTS[which % INPUTS.length]!]: `content ${each.content}\n` }));
        break;
      case 'param':
        params[which % PARAMS.length] = each.value;
        steps.push(write({ 'params.yaml': paramsText(params) }));
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
      case 'drop-cache':
        steps.push(sh('rm -rf .dvc/cache/files'));
        break;
      case 'run': {
        const takesTarget =
          TAKES_TARGET.has(each.args[0]!) && (each.target !== undefined || each.args.length > 1);
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
      ...Object.fromEntries(INPUTS.map((path) => [path, `first ${path}\n`])),
    },
    steps,
    onPurpose: { aspects: ['gitignore'], why: 'DVC takes back the lines of stages that succeeded' },
  };
}

const paramsText = ([p0, p1, p2]: readonly string[]): string =>
  `p0: ${p0!}\np1: ${p1!}\nn: {p2: ${p2!}, q: x}\n`;

const outOf = ({ out }: RandomStage, at: number): string => (out === 'directory' ? `o${at}` : `o${at}.txt`);

function manifestText(stages: readonly RandomStage[]): string {
  return `stages:\n${stages.map((each, at) => stageText(stages, each, at)).join('')}`;
}

function stageText(stages: readonly RandomStage[], each: RandomStage, at: number): string {
  const available = ['in0', 'in1', 'd', 'd/x', ...stages.slice(0, at).map((before, i) => outOf(before, i))];
  const deps = [...new Set(each.deps.map((which) => available[which % available.length]!))];
  const out = outOf(each, at);
  const read = deps.map((dep) => `find ${dep} -type f | sort | xargs cat`).join('; ') || 'true';
  const make =
    each.out === 'directory'
      ? `mkdir -p ${out}/sub; { ${read}; } > ${out}/x; echo ${each.version} > ${out}/sub/y`
      : `{ ${read}; echo ${each.version}; } ${each.out === 'persist' ? '>>' : '>'} ${out}`;
  const flags = {
    file: '',
    directory: '',
    'no cache': ': {cache: false}',
    persist: ': {persist: true}',
    metric: ': {cache: false}',
  };
  return [
    `  s${at}:`,
    `    cmd: ${JSON.stringify(`echo s${at} >> $RAN; set -e; ${make}`)}`,
    ...(deps.length > 0 ? ['    deps:', ...deps.map((dep) => `    - ${dep}`)] : []),
    ...(each.params.length > 0
      ? ['    params:', ...each.params.map((which) => `    - ${PARAMS[which]!}`)]
      : []),
    `    ${each.out === 'metric' ? 'metrics' : 'outs'}:`,
    `    - ${out}${flags[each.out]}`,
    ...(each.isAlwaysChanged ? ['    always_changed: true'] : []),
    '',
  ].join('\n');
}

suite('random pipelines and edits', { skip: NO_DVC, timeoutMs: 14 * 60_000 }, (test) => {
  test(`${CASES} of them from seed ${SEED} end as with DVC`, async () => {
    const dvc: RealDvc = startDvc();
    try {
      await fc.assert(
        fc.asyncProperty(
          fc.array(stage, { minLength: 1, maxLength: 5 }),
          fc.array(edit, { minLength: 1, maxLength: 7 }),
          (stages, edits) => compareSides(toScenario(stages, edits), dvc),
        ),
        { numRuns: CASES, seed: SEED, interruptAfterTimeLimit: 13 * 60_000, markInterruptAsFailure: false },
      );
    } finally {
      dvc.close();
    }
  });
});

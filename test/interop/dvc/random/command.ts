/**
 * Random command lines, for a repository as it stands.
 *
 * @module
 */

import fc from 'fast-check';
import { compareCodePoints } from '../../../../cache/index.ts';
import { run, type Step, sh } from '../scenario.ts';
import { number } from './arbitrary-project.ts';
import type { Taken } from './edit.ts';
import { addressOf, isTemplate, members, outPaths, type RandomProject, type RandomStage } from './model.ts';

export interface Command {
  readonly name: keyof typeof COMMANDS;
  readonly flags: number;
  readonly target: number | undefined;
}

/** What its targets can be. */
type Targets = 'none' | 'stages' | 'anything' | 'sources' | 'freezable' | 'removable';

interface CommandKind {
  readonly weight: number;
  readonly flags: readonly (readonly string[])[];
  readonly targets: Targets;
}

const COMMANDS = {
  repro: {
    weight: 8,
    targets: 'stages',
    flags: [
      [],
      [],
      [],
      ['-f'],
      ['-s'],
      ['--downstream'],
      ['--force-downstream'],
      ['--no-run-cache'],
      ['--no-commit'],
      ['-k'],
      ['--ignore-errors'],
      ['--allow-missing'],
      ['--pull'],
      ['-p'],
      ['-P'],
      ['-s', '-f'],
      ['-R', '.'],
      ['-R', 'sub'],
      ['-k', '-f'],
      ['--pull', '--allow-missing'],
    ],
  },
  status: { weight: 3, targets: 'anything', flags: [['--json'], ['--json'], ['--json', '-d']] },
  checkout: {
    weight: 2,
    targets: 'anything',
    flags: [[], [], ['-f'], ['-d'], ['--relink'], ['--allow-missing']],
  },
  commit: { weight: 2, targets: 'anything', flags: [['-f'], [], ['-f', '-d']] },
  gc: { weight: 1, targets: 'none', flags: [['-w', '-f']] },
  diff: { weight: 1, targets: 'none', flags: [['--json'], ['HEAD', '--json']] },
  'data status': {
    weight: 1,
    targets: 'none',
    flags: [['--json'], ['--json', '--granular'], ['--json', '--unchanged']],
  },
  'params diff': { weight: 1, targets: 'none', flags: [['--json'], ['--json', '--all']] },
  'metrics show': { weight: 1, targets: 'none', flags: [['--json']] },
  'metrics diff': { weight: 1, targets: 'none', flags: [['--json'], ['--json', '--all']] },
  freeze: { weight: 1, targets: 'freezable', flags: [[]] },
  unfreeze: { weight: 1, targets: 'freezable', flags: [[]] },
  remove: { weight: 1, targets: 'removable', flags: [[], ['--outs']] },
  add: { weight: 2, targets: 'sources', flags: [[], ['--no-commit']] },
  move: { weight: 1, targets: 'sources', flags: [[]] },
  push: { weight: 1, targets: 'anything', flags: [[], ['--run-cache'], ['-d']] },
  pull: {
    weight: 1,
    targets: 'anything',
    flags: [[], ['-f'], ['-f', '--run-cache'], ['-f', '--allow-missing']],
  },
  fetch: { weight: 1, targets: 'anything', flags: [[], ['--run-cache']] },
  unprotect: { weight: 1, targets: 'sources', flags: [[]] },
} as const satisfies Readonly<Record<string, CommandKind>>;

const names = Object.keys(COMMANDS) as (keyof typeof COMMANDS)[];

export const command: fc.Arbitrary<Command> = fc.record({
  name: fc.oneof(...names.map((name) => ({ weight: COMMANDS[name].weight, arbitrary: fc.constant(name) }))),
  flags: number,
  target: fc.option(number, { nil: undefined }),
});

/** What the remote holds, as a file of the workspace. */
const SHOW_REMOTE = sh('(cd $TOP/far 2>/dev/null && find . -type f | sort || true) > far.list');

/** A remote in a directory. */
export const REMOTE_CONFIG = '[core]\n    remote = far\n[\'remote "far"\']\n    url = ../../far\n';

export function takeCommand(project: RandomProject, { name, flags, target }: Command): Taken {
  const kind: CommandKind = COMMANDS[name];
  // On purpose: DVC fails with `--pull` where neither the cache nor the remote has what is in the workspace.
  const words = kind.flags[flags % kind.flags.length]!.filter(
    (word) =>
      (word !== '--allow-missing' || project.stages.every(makesItsOuts)) &&
      (word !== '--pull' || project.isCacheWhole),
  );
  // On purpose: without stages there DVC runs everything.
  const isEmpty = project.stages.every(({ directory }) => directory !== 'sub');
  if (isEmpty && words.includes('sub')) return { project, steps: [] };
  const targets = words.some((word) => NAMES_ITS_OWN.has(word))
    ? []
    : targetsOf(project, kind.targets, target);
  if (targets === undefined) return { project, steps: [] };
  const args = [...name.split(' '), ...words, ...targets, ...(name === 'move' ? ['moved'] : [])];
  const step: Step = words.includes('--json') ? { run: args, json: true, part: comparable } : run(...args);
  return {
    project: after(project, name, targets[0]),
    steps: name === 'push' ? [step, SHOW_REMOTE] : [step],
  };
}

/** Lists, which DVC makes of sets, sorted; of what could not be read only that: the words are the tools' own. */
function comparable(json: unknown): unknown {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return json;
  return Object.fromEntries(
    Object.entries(json).map(([key, value]) => {
      if (Array.isArray(value)) return [key, sorted(value)];
      return [key, key === 'error' ? 'error' : comparable(value)];
    }),
  );
}

const sorted = (values: readonly unknown[]): readonly unknown[] =>
  values.toSorted((a, b) => compareCodePoints(JSON.stringify(a), JSON.stringify(b)));

/** With these no targets are named beside. */
const NAMES_ITS_OWN = new Set(['-R', '-P']);

/** @returns Undefined where there is nothing to name. */
function targetsOf(
  project: RandomProject,
  targets: Targets,
  target: number | undefined,
): readonly string[] | undefined {
  const stages = project.stages.flatMap((stage) => {
    const address = addressOf(stage, '');
    const all = members(stage, project.items).map(({ suffix }) => `${address}${suffix}`);
    return stage.group === 'none' ? [address, address] : [address, ...all];
  });
  const files = ['dvc.yaml', 'sub/dvc.yaml'].filter((_, i) =>
    project.stages.some(({ directory }) => directory === ['', 'sub'][i]),
  );
  const sources = project.sources.map(({ path }) => `${path}.dvc`);
  const outs = project.stages.flatMap((stage) => outPaths(stage, project.items)).map(({ path }) => path);
  const candidates = {
    none: [],
    stages: [...stages, ...stages, ...files, ...sources],
    anything: [...stages, ...sources, ...outs, ...project.sources.map(({ path }) => path)],
    sources: project.sources.map(({ path }) => path),
    freezable: [...project.stages.filter(isFreezable).map((stage) => addressOf(stage, '')), ...sources],
    removable: [...removable(project).map((stage) => addressOf(stage, '')), ...sources],
  }[targets];
  const isNeeded = targets !== 'none' && targets !== 'stages' && targets !== 'anything';
  if (target === undefined && !isNeeded) return [];
  if (candidates.length === 0) return isNeeded ? undefined : [];
  return [candidates[(target ?? 0) % candidates.length]!];
}

/** On purpose: with `repro --allow-missing` DVC records a stage that has not made its outs. */
const makesItsOuts = ({ fault, outs }: RandomStage): boolean => fault !== 'no out' || outs.length === 0;

/** On purpose: DVC freezes no stage that is a template, and sorts the deps, params and outs of one that it freezes. */
const isFreezable = (stage: RandomStage): boolean =>
  !isTemplate(stage) &&
  stage.params.length < 2 &&
  isSorted(stage.deps) &&
  isSorted(stage.outs.map(({ path }) => path));

const isSorted = (paths: readonly string[]): boolean => paths.join() === paths.toSorted().join();

/** On purpose: DVC removes no stage that is a template, and with the last stage of a file its `vars`. */
const removable = ({ stages }: RandomProject): readonly RandomStage[] =>
  stages.filter(
    (stage) =>
      !isTemplate(stage) &&
      stages.some(({ name, directory }) => name !== stage.name && directory === stage.directory),
  );

/** What manifests say when the command has edited them. */
function after(project: RandomProject, name: Command['name'], target: string | undefined): RandomProject {
  const isMeant = (stage: RandomProject['stages'][number]): boolean =>
    [
      addressOf(stage, ''),
      ...members(stage, project.items).map(({ suffix }) => addressOf(stage, '') + suffix),
    ].includes(target ?? '');
  const { stages, sources } = project;
  if (name === 'freeze' || name === 'unfreeze') {
    const isFrozen = name === 'freeze';
    return { ...project, stages: stages.map((stage) => (isMeant(stage) ? { ...stage, isFrozen } : stage)) };
  }
  if (name === 'remove') {
    return {
      ...project,
      stages: stages.filter((stage) => !isMeant(stage)),
      sources: sources.filter(({ path }) => `${path}.dvc` !== target),
    };
  }
  if (name === 'move') {
    const moved = sources.map((source) => (source.path === target ? { ...source, path: 'moved' } : source));
    return { ...project, sources: moved };
  }
  return project;
}

/** A commit of what git is to know, data left out. */
export const COMMIT = sh(
  "for each in ':(glob)**/dvc.yaml' ':(glob)**/dvc.lock' ':(glob)**/*.dvc' ':(glob)**/.gitignore' .dvc/config " +
    'params.yaml sub/params.yaml t.toml j.json m.py; do git add -A -- "$each" 2>/dev/null || true; done; ' +
    'git commit -qm edit --allow-empty',
);

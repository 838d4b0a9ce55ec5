/**
 * `stage list`: the stages, in plan order.
 *
 * @module
 */

import { fromRoot } from '../core/index.ts';
import { NAMED, selectTargets } from '../graph/index.ts';
import { stageDescription } from '../report/index.ts';
import type { ResolvedStage } from '../template/index.ts';
import { EXIT } from './exit-code.ts';
import { fail } from './fail.ts';
import { openForReading } from './open-project.ts';
import { printJson, type Terminal } from './terminal.ts';

export interface StageListFlags {
  readonly all?: true;
  readonly fail?: true;
  readonly recursive?: true;
  readonly nameOnly?: true;
  readonly json?: true;
}

export async function stageList(
  terminal: Terminal,
  targets: readonly string[],
  flags: StageListFlags,
): Promise<number> {
  const workspace = await openForReading(terminal, {
    isUnchecked: true,
    isPassedOver: (path, { cwd }) => !isNeeded(path, cwd, targets, flags),
  });
  if (!workspace.ok) return fail(terminal, workspace.error);
  const { pipeline, project } = workspace.value;
  const isWhole = flags.all === true || project.dialect === 'native';
  const named = flags.all ? [] : targets.length === 0 && !isWhole ? ['dvc.yaml'] : targets;
  const scope = {
    ...NAMED,
    // As DVC lists them.
    inGivenOrder: project.dialect === 'dvc' && flags.recursive !== true,
    ...(flags.recursive ? { directoriesFrom: project.cwd } : {}),
  };
  const selected = selectTargets(pipeline.graph, named, scope);
  if (!selected.ok) return fail(terminal, selected.error);
  const isDeclaredOrder = project.dialect === 'dvc' && named.length === 0;
  const names = isDeclaredOrder ? [...pipeline.graph.stages.keys()] : selected.value;
  const stages = names.map((name) => pipeline.graph.stages.get(name)!);
  if (flags.json) {
    printJson(terminal, stages.map(stageJson));
    return EXIT.done;
  }
  const width = flags.nameOnly ? 0 : Math.max(0, ...stages.map(({ name }) => name.length));
  for (const stage of stages) {
    const text = flags.nameOnly ? '' : stageDescription(stage);
    terminal.out(`${`${stage.name.padEnd(width)}  ${text}`.trimEnd()}\n`);
  }
  return EXIT.done;
}

/** As in DVC: what is named must be readable, and the rest only if that is asked for. */
function isNeeded(
  path: string,
  cwd: string,
  targets: readonly string[],
  { all, recursive, fail: failsForAll }: StageListFlags,
): boolean {
  if (all || recursive) return failsForAll === true;
  const named = targets.length === 0 ? ['dvc.yaml'] : targets.map(fileOfTarget);
  return named.some((file) => fromRoot(cwd, file) === path);
}

const fileOfTarget = (target: string): string => {
  const file = target.replace(/:[^:/]*$/, '');
  return /(?:^|\/)[^/]*(?:\.ya?ml|\.dvc)$/.test(file) ? file : 'dvc.yaml';
};

function actionJson({ action }: ResolvedStage): object | null {
  if (action.kind === 'source') return null;
  return action.kind === 'module' ? { module: action.module } : { cmd: action.cmd };
}

const stageJson = (stage: ResolvedStage): object => ({
  name: stage.name,
  group: stage.group ?? null,
  desc: stage.desc ?? null,
  action: actionJson(stage),
  wdir: stage.wdir,
  deps: stage.deps.map(({ path }) => path),
  outs: stage.outs.map(({ path, kind }) => ({ path, kind })),
});

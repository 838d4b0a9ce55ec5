/**
 * `stage list`: the stages, in plan order.
 *
 * @module
 */

import { NAMED, selectTargets } from '../graph/index.ts';
import { stageDescription } from '../report/index.ts';
import type { ResolvedStage } from '../template/index.ts';
import { EXIT } from './exit-code.ts';
import { fail } from './fail.ts';
import { openForReading } from './open-project.ts';
import { printJson, type Terminal } from './terminal.ts';

export interface StageListFlags {
  readonly all?: true;
  readonly recursive?: true;
  readonly nameOnly?: true;
  readonly json?: true;
}

export async function stageList(
  terminal: Terminal,
  targets: readonly string[],
  flags: StageListFlags,
): Promise<number> {
  const workspace = await openForReading(terminal, { isUnchecked: true });
  if (!workspace.ok) return fail(terminal, workspace.error);
  const { pipeline, project } = workspace.value;
  const isWhole = flags.all === true || project.dialect === 'native';
  const named = flags.all ? [] : targets.length === 0 && !isWhole ? ['dvc.yaml'] : targets;
  const selected = selectTargets(pipeline.graph, named, {
    ...NAMED,
    ...(flags.recursive ? { directoriesFrom: project.cwd } : {}),
  });
  if (!selected.ok) return fail(terminal, selected.error);
  const stages = selected.value.map((name) => pipeline.graph.stages.get(name)!);
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

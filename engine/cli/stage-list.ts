/**
 * `stage list`: the stages, in plan order.
 *
 * @module
 */

import type { ResolvedStage } from '../template/index.ts';
import { EXIT } from './exit-code.ts';
import { fail } from './fail.ts';
import { openForReading } from './open-project.ts';
import { printJson, type Terminal } from './terminal.ts';

export async function stageList(terminal: Terminal, flags: { readonly json?: true }): Promise<number> {
  const workspace = await openForReading(terminal);
  if (!workspace.ok) {
    return fail(terminal, workspace.error);
  }
  const { graph } = workspace.value.pipeline;
  const stages = graph.order.map((name) => graph.stages.get(name)!);
  if (flags.json) {
    printJson(terminal, stages.map(stageJson));
    return EXIT.done;
  }
  const width = Math.max(0, ...stages.map(({ name }) => name.length));
  for (const stage of stages)
    terminal.out(`${`${stage.name.padEnd(width)}  ${describe(stage)}`.trimEnd()}\n`);
  return EXIT.done;
}

const describe = (stage: ResolvedStage): string =>
  stage.desc ?? (stage.outs.length > 0 ? `outputs ${stage.outs.map(({ path }) => path).join(', ')}` : '');

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

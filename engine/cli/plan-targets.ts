/**
 * The plan of a selection.
 *
 * @module
 */

import { ok, type Result } from '../../cache/index.ts';
import type { Diagnostic } from '../core/index.ts';
import { selectTargets, WITH_UPSTREAM } from '../graph/index.ts';
import { makePlan, type Observer, type Plan, type PlanOptions } from '../plan/index.ts';
import { lookAhead, type Workspace } from '../workspace/index.ts';

/** With all that the targets need. */
export function planTargets(
  workspace: Workspace,
  targets: readonly string[],
): Result<Plan, readonly Diagnostic[]> {
  const selected = selectTargets(workspace.pipeline.graph, targets, WITH_UPSTREAM);
  return selected.ok ? ok(planStages(workspace, selected.value)) : selected;
}

const AS_IT_STANDS = {
  force: false,
  forceDownstream: false,
  useRunCache: true,
  allowMissing: false,
  restoresData: false,
};

/** What they read and make, looked at once. */
export const lookAtStages = (workspace: Workspace, names: readonly string[]): Observer =>
  lookAhead(
    workspace,
    names.map((name) => workspace.pipeline.graph.stages.get(name)!),
  );

/** Those that are as recorded, or would be if what is missing were there. */
export const stagesWithoutNews = (workspace: Workspace, selected: readonly string[]): readonly string[] =>
  planStages(workspace, selected, { ...AS_IT_STANDS, allowMissing: true }).stages.flatMap(
    ({ stage, verdict }) => (verdict.kind === 'fresh' ? stage.name : []),
  );

/** @param selected In plan order. */
export function planStages(
  workspace: Workspace,
  selected: readonly string[],
  options: Omit<PlanOptions, 'dialect'> = AS_IT_STANDS,
  observer: Observer = lookAtStages(workspace, selected),
): Plan {
  const { graph, lock } = workspace.pipeline;
  const { dialect } = workspace.project;
  return makePlan(graph, selected, lock.entries, observer, { ...options, dialect });
}

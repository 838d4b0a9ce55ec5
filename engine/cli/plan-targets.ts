/**
 * The plan of a selection.
 *
 * @module
 */

import { ok, type Result } from '../../cache/index.ts';
import type { Diagnostic } from '../core/index.ts';
import { selectTargets, WITH_UPSTREAM } from '../graph/index.ts';
import { makePlan, type Plan, type PlanOptions } from '../plan/index.ts';
import { hashAhead, type Workspace } from '../workspace/index.ts';

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

/** @param selected In plan order. */
export function planStages(
  workspace: Workspace,
  selected: readonly string[],
  options: Omit<PlanOptions, 'dialect'> = AS_IT_STANDS,
): Plan {
  const { graph, lock } = workspace.pipeline;
  hashAhead(
    workspace,
    selected.map((name) => graph.stages.get(name)!),
  );
  const { dialect } = workspace.project;
  return makePlan(graph, selected, lock.entries, workspace.observer, { ...options, dialect });
}

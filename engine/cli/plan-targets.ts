/**
 * The plan of a selection, for commands that only show it.
 *
 * @module
 */

import { ok, type Result } from '../../cache/index.ts';
import type { Diagnostic } from '../core/index.ts';
import { selectTargets, WITH_UPSTREAM } from '../graph/index.ts';
import { makePlan, type Plan } from '../plan/index.ts';
import { hashAhead, type Workspace } from '../workspace/index.ts';

export function planTargets(
  workspace: Workspace,
  targets: readonly string[],
): Result<Plan, readonly Diagnostic[]> {
  const { graph, lock } = workspace.pipeline;
  const selected = selectTargets(graph, targets, WITH_UPSTREAM);
  if (!selected.ok) return selected;
  hashAhead(
    workspace,
    selected.value.map((name) => graph.stages.get(name)!),
  );
  return ok(
    makePlan(graph, selected.value, lock.entries, workspace.observer, {
      force: false,
      forceDownstream: false,
      useRunCache: true,
      dialect: workspace.project.dialect,
    }),
  );
}

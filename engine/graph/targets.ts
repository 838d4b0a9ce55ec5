/**
 * Targets: the part of the graph that a person asked for.
 *
 * @module
 */

import { err, ok, type Result } from '../../cache/index.ts';
import { type Diagnostic, didYouMean } from '../core/index.ts';
import type { StageGraph } from './stage-graph.ts';

/**
 * The stages that the targets name, with all that they need, in plan order; without targets all stages.
 *
 * @param targets Names of stages, or of groups (`monthly` for `monthly@2019-01` and the others).
 */
export function selectTargets(
  graph: StageGraph,
  targets: readonly string[],
): Result<readonly string[], readonly Diagnostic[]> {
  if (targets.length === 0) return ok(graph.order);
  const named = namedStages(graph, targets);
  if (!named.ok) return named;
  const wanted = new Set(named.value);
  for (const name of wanted) for (const needed of graph.upstream(name)) wanted.add(needed);
  return ok(graph.order.filter((name) => wanted.has(name)));
}

/** The stages that the targets themselves name, in plan order. */
export function namedStages(
  graph: StageGraph,
  targets: readonly string[],
): Result<readonly string[], readonly Diagnostic[]> {
  const groups = new Map<string, string[]>();
  for (const [name, { group }] of graph.stages) {
    if (group === undefined) continue;
    const members = groups.get(group);
    if (members === undefined) groups.set(group, [name]);
    else members.push(name);
  }
  const wanted = new Set<string>();
  const unknown: Diagnostic[] = [];
  for (const target of targets) {
    const members = graph.stages.has(target) ? [target] : groups.get(target);
    if (members === undefined) unknown.push(unknownStage(target, [...graph.stages.keys(), ...groups.keys()]));
    else for (const member of members) wanted.add(member);
  }
  return unknown.length > 0 ? err(unknown) : ok(graph.order.filter((name) => wanted.has(name)));
}

const unknownStage = (target: string, known: readonly string[]): Diagnostic => ({
  code: 'E_UNKNOWN_STAGE',
  message: `There is no stage or group "${target}"`,
  hint: didYouMean(target, known) ?? 'list them with "dvc-like stage list"',
});

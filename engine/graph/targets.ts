/**
 * Targets: the part of the graph that a person asked for.
 *
 * @module
 */

import picomatch from 'picomatch';
import { err, ok, type Result } from '../../cache/index.ts';
import { type Diagnostic, didYouMean } from '../core/index.ts';
import type { StageGraph } from './stage-graph.ts';

export interface TargetOptions {
  /**
   * What comes with the named stages: all that they need, nothing, all that needs them, or all that hangs together with
   * them.
   */
  readonly scope: 'upstream' | 'single' | 'downstream' | 'pipeline';
  /** Targets are patterns (`clean@2021-*`). */
  readonly isGlob: boolean;
}

export const NAMED: TargetOptions = { scope: 'single', isGlob: false };
export const WITH_UPSTREAM: TargetOptions = { scope: 'upstream', isGlob: false };

/**
 * The stages that the targets ask for, in plan order; without targets all stages.
 *
 * @param targets Names of stages, or of groups (`monthly` for `monthly@2019-01` and the others).
 */
export function selectTargets(
  graph: StageGraph,
  targets: readonly string[],
  options: TargetOptions,
): Result<readonly string[], readonly Diagnostic[]> {
  if (targets.length === 0) return ok(graph.order);
  const groups = groupsOf(graph);
  const wanted = new Set<string>();
  const unknown: Diagnostic[] = [];
  for (const target of targets) {
    const members = options.isGlob
      ? matching(graph, target)
      : graph.stages.has(target)
        ? [target]
        : groups.get(target);
    if (members === undefined) unknown.push(unknownStage(target, [...graph.stages.keys(), ...groups.keys()]));
    else for (const member of members) wanted.add(member);
  }
  if (unknown.length > 0) return err(unknown);
  const neighbours = NEIGHBOURS[options.scope](graph);
  // The set grows while it is walked.
  for (const name of wanted) for (const neighbour of neighbours(name)) wanted.add(neighbour);
  return ok(graph.order.filter((name) => wanted.has(name)));
}

const NEIGHBOURS: Readonly<
  Record<TargetOptions['scope'], (graph: StageGraph) => (name: string) => readonly string[]>
> = {
  single: () => () => [],
  upstream: (graph) => graph.upstream,
  downstream: (graph) => graph.downstream,
  pipeline: (graph) => (name) => [...graph.upstream(name), ...graph.downstream(name)],
};

function groupsOf(graph: StageGraph): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const [name, { group }] of graph.stages) {
    if (group === undefined) continue;
    const members = groups.get(group);
    if (members === undefined) groups.set(group, [name]);
    else members.push(name);
  }
  return groups;
}

/** @returns Undefined if nothing matches. */
function matching(graph: StageGraph, pattern: string): readonly string[] | undefined {
  const isMatch = picomatch(pattern, { dot: true });
  const names = graph.order.filter((name) => isMatch(name));
  return names.length === 0 ? undefined : names;
}

const unknownStage = (target: string, known: readonly string[]): Diagnostic => ({
  code: 'E_UNKNOWN_STAGE',
  message: `There is no stage or group "${target}"`,
  hint: didYouMean(target, known) ?? 'list them with "dvc-like stage list"',
});

/**
 * Targets of commands about data: stages, or outs by their paths.
 *
 * @module
 */

import { posix } from 'node:path';
import { ok, type Result } from '../../cache/index.ts';
import { type Diagnostic, fromRoot } from '../core/index.ts';
import { NAMED, selectTargets, type TargetOptions, WITH_UPSTREAM } from '../graph/index.ts';
import type { OutOfStage } from '../run/index.ts';
import type { Workspace } from '../workspace/index.ts';

export interface OutSelectionFlags {
  /** With what the stages need; what is named by an out comes alone all the same, as in DVC. */
  readonly withDeps?: true;
  readonly recursive?: true;
  readonly glob?: true;
}

export interface SelectedOuts {
  /** No target was named. */
  readonly isAll: boolean;
  /** Stages in plan order. */
  readonly names: readonly string[];
  /** Whether this out of one of the stages is meant: a target that is a path means the outs that it is or lies in. */
  readonly isMeant: (out: OutOfStage) => boolean;
  /** Of an out that is meant the paths in it that are targets; none where it is meant itself. */
  readonly partsOf: (out: OutOfStage) => readonly string[];
}

/** Without targets all outs of all stages. */
export function selectOuts(
  { pipeline, project }: Pick<Workspace, 'pipeline' | 'project'>,
  targets: readonly string[],
  flags: OutSelectionFlags,
): Result<SelectedOuts, readonly Diagnostic[]> {
  const { graph } = pipeline;
  const scope: TargetOptions = {
    ...(flags.withDeps ? WITH_UPSTREAM : NAMED),
    isGlob: flags.glob === true,
    ...(flags.recursive ? { directoriesFrom: project.cwd } : {}),
  };
  const all = selectTargets(graph, targets, { ...scope, outsFrom: project.cwd });
  if (!all.ok || targets.length === 0) {
    return all.ok ? ok({ isAll: true, names: all.value, isMeant: () => true, partsOf: () => [] }) : all;
  }
  const whole = new Set<string>();
  const stages = new Set<string>();
  /** Of each out the targets that lead to it. */
  const paths = new Map<string, string[]>();
  for (const target of targets) {
    const named = selectTargets(graph, [target], scope);
    for (const name of named.ok ? named.value : []) whole.add(name);
    for (const { stage, path } of named.ok ? [] : graph.outsAt(fromRoot(project.cwd, target))) {
      stages.add(stage);
      paths.set(path, [...(paths.get(path) ?? []), fromRoot(project.cwd, target)]);
    }
  }
  return ok({
    isAll: false,
    names: all.value.filter((name) => whole.has(name) || stages.has(name)),
    isMeant: ({ stage, path }) => whole.has(stage) || paths.has(path),
    partsOf: ({ stage, path }) => {
      const below = (paths.get(path) ?? []).map((target) => posix.relative(path, target));
      return whole.has(stage) || below.some((part) => part === '' || part.startsWith('..')) ? [] : below;
    },
  });
}

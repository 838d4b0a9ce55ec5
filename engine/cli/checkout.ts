/**
 * `checkout`: brings the outs of the lock back from the cache.
 *
 * @module
 */

import { ok } from '../../cache/index.ts';
import { type Diagnostic, fromRoot } from '../core/index.ts';
import { NAMED, selectTargets, type TargetOptions, WITH_UPSTREAM } from '../graph/index.ts';
import { checkoutStages, type OutOfStage, type RunEvent } from '../run/index.ts';
import type { Workspace } from '../workspace/index.ts';
import { EXIT, exitCodeOf } from './exit-code.ts';
import { openHolding, stagesNamed } from './hold-paths.ts';
import { printDiagnostics, type Terminal } from './terminal.ts';

export interface CheckoutFlags {
  readonly withDeps?: true;
  readonly recursive?: true;
  readonly allowMissing?: true;
  readonly relink?: true;
  readonly summary?: true;
}

export async function checkout(
  terminal: Terminal,
  targets: readonly string[],
  flags: CheckoutFlags,
): Promise<number> {
  const report = (event: RunEvent): void => {
    if (event.kind === 'waiting-for-lock') terminal.error(`Waiting for ${event.holder}\n`);
  };
  const done = await openHolding(terminal, report, {}, (workspace) => {
    const { graph } = workspace.pipeline;
    const { cwd } = workspace.project;
    const scope: TargetOptions = {
      ...(flags.withDeps ? WITH_UPSTREAM : NAMED),
      ...(flags.recursive ? { directoriesFrom: cwd } : {}),
    };
    const selected = selectTargets(graph, targets, { ...scope, outsFrom: cwd });
    if (!selected.ok) return Promise.resolve(selected);
    const work = (): Promise<number> => {
      const { restored, failures } = checkoutStages(
        workspace,
        selected.value,
        meantBy(workspace, targets, scope),
        flags.relink && 'all',
      );
      for (const path of flags.summary ? [] : restored) terminal.out(`${path}\n`);
      terminal.out(`${restored.length} ${restored.length === 1 ? 'out' : 'outs'} restored\n`);
      return Promise.resolve(
        failures.length > 0 && !flags.allowMissing ? fail(terminal, failures, EXIT.failed) : EXIT.done,
      );
    };
    return Promise.resolve(ok({ stages: stagesNamed(graph, selected.value), work }));
  });
  return done.ok ? done.value : fail(terminal, done.error, exitCodeOf(done.error));
}

/** A target that is a path brings back the outs that it is or lies in, not the others of their stage. */
function meantBy(
  { pipeline, project }: Workspace,
  targets: readonly string[],
  scope: TargetOptions,
): (out: OutOfStage) => boolean {
  const isWhole = new Set<string>();
  const paths = new Set<string>();
  for (const target of targets) {
    const named = selectTargets(pipeline.graph, [target], scope);
    for (const name of named.ok ? named.value : []) isWhole.add(name);
    const outs = named.ok ? [] : pipeline.graph.outsAt(fromRoot(project.cwd, target));
    for (const { path } of outs) paths.add(path);
  }
  return ({ stage, path }) => targets.length === 0 || isWhole.has(stage) || paths.has(path);
}

function fail(terminal: Terminal, diagnostics: readonly Diagnostic[], exitCode: number): number {
  printDiagnostics(terminal, diagnostics);
  return exitCode;
}

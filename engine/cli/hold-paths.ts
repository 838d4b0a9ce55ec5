/**
 * The paths of stages that are going to run, held against DVC: its commands work with them while the repository lock is
 * free.
 *
 * @module
 */

import { join, posix } from 'node:path';
import { err, nodeFileSystem, ok, type Result } from '../../cache/index.ts';
import { type Diagnostic, fromRoot } from '../core/index.ts';
import type { StageGraph } from '../graph/index.ts';
import type { Project } from '../project/index.ts';
import {
  type Holder,
  openRwLock,
  type Reporter,
  type RwLock,
  type StagePaths,
  stageHeld,
} from '../run/index.ts';
import type { ResolvedStage } from '../template/index.ts';
import type { Workspace } from '../workspace/index.ts';
import { lockWaitMs, openForWork, type WorkOptions } from './open-project.ts';
import { systemClock } from './system-clock.ts';
import type { Terminal } from './terminal.ts';

/** What a command is about to do with some stages. */
export interface StageWork<T> {
  readonly stages: readonly ResolvedStage[];
  readonly work: () => Promise<T>;
}

export const stagesNamed = (graph: StageGraph, names: readonly string[]): readonly ResolvedStage[] =>
  names.flatMap((name) => graph.stages.get(name) ?? []);

/**
 * As `openForWork`, with the stages' paths held while the work is done. Where another process has some of them it begins
 * again when they are free: the repository lock is free meanwhile, since who is waited for needs it to end.
 *
 * @param begin Changes nothing: it may be called again.
 */
export async function openHolding<T>(
  terminal: Terminal,
  report: Reporter,
  options: WorkOptions,
  begin: (workspace: Workspace) => Promise<Result<StageWork<T>, readonly Diagnostic[]>>,
): Promise<Result<T, readonly Diagnostic[]>> {
  const { signal } = options;
  const deadlineMs = systemClock.nowMs() + lockWaitMs(terminal, options);
  let told: number | undefined;
  for (;;) {
    const opened = await openForWork(terminal, report, options, async (workspace) => {
      const begun = await begin(workspace);
      return begun.ok ? doHolding(terminal, workspace.project, report, begun.value) : begun;
    });
    if (!opened.ok) return opened;
    const done = opened.value;
    if (!done.ok || !(done.value instanceof PathsHeld)) return done as Result<T, readonly Diagnostic[]>;
    const { by, isFree } = done.value;
    if (told !== by.pid) report({ kind: 'waiting-for-lock', holder: holderText(by) });
    told = by.pid;
    do {
      if (signal?.aborted || systemClock.nowMs() >= deadlineMs) return err([stageHeld(by)]);
      await systemClock.sleep(POLL_MS);
    } while (!isFree());
  }
}

const POLL_MS = 100;

/** Another process works with what the stages need: nothing was done. */
class PathsHeld {
  readonly by: Holder;
  readonly isFree: () => boolean;

  constructor(by: Holder, isFree: () => boolean) {
    this.by = by;
    this.isFree = isFree;
  }
}

async function doHolding<T>(
  terminal: Terminal,
  project: Project,
  report: Reporter,
  { stages, work }: StageWork<T>,
): Promise<Result<T | PathsHeld, readonly Diagnostic[]>> {
  if (project.dialect !== 'dvc' || stages.length === 0) return ok(await work());
  const paths = stages.map((stage) => pathsOf(project, stage));
  const lock = rwLock(terminal, project, report);
  const taken = await lock.take(paths);
  if (!taken.ok) return err([taken.error]);
  if (taken.value.kind === 'held') {
    return ok(new PathsHeld(taken.value.by, () => lock.holderOf(paths) === undefined));
  }
  try {
    return ok(await work());
  } finally {
    await taken.value.release();
  }
}

const holderText = ({ stage, path, pid, cmd }: Holder): string =>
  `process ${pid} (${cmd}), which works with "${path}" of stage "${stage}"`;

const rwLock = (terminal: Terminal, { root, home }: Project, report: Reporter): RwLock =>
  openRwLock({
    fs: nodeFileSystem,
    root,
    directory: join(home, 'tmp'),
    clock: systemClock,
    pid: process.pid,
    cmd: ['dvc-like', ...terminal.args].join(' '),
    onDead: (pid, cmd) => {
      report({ kind: 'dead-holder', pid, cmd });
    },
  });

/** As DVC has them: it reads its outs too. */
function pathsOf({ root }: Project, stage: ResolvedStage): StagePaths {
  const absolute = (path: string): string => posix.resolve(root, fromRoot(stage.wdir, path));
  const writes = stage.outs.map(({ path }) => absolute(path));
  const reads = [
    ...stage.deps.map(({ path }) => absolute(path)),
    ...stage.params.map(({ file }) => absolute(file)),
  ];
  return { stage: stage.name, reads: [...new Set([...reads, ...writes])], writes };
}

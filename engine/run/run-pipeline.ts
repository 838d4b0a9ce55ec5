/**
 * `runPipeline`: brings the selected stages up to date, and records what was made.
 *
 * @module
 */

import { join } from 'node:path';
import type { Digest } from '../../cache/index.ts';
import type { Diagnostic } from '../core/index.ts';
import { type StageGraph } from '../graph/index.ts';
import { openJournal } from '../lockfile/index.ts';
import type { Observer, Upstream } from '../plan/index.ts';
import { openGitIgnore } from '../project/index.ts';
import type { ResolvedStage } from '../template/index.ts';
import type { Workspace } from '../workspace/index.ts';
import { isDone, type Reporter, type StageOutcome } from './event.ts';
import { openLockKeeper } from './lock-keeper.ts';
import { absolute } from './outs.ts';
import { schedule } from './scheduler.ts';
import { runStage, type StageRunner } from './stage-runner.ts';

export interface RunOptions {
  readonly jobs: number;
  readonly force: boolean;
  /** What directly follows a stage that ran is forced to run too, and so on. */
  readonly forceDownstream: boolean;
  /** After a failure, go on with what does not need the failed stage; `ignored`: with all. */
  readonly onFailure: 'stop' | 'keep-going' | 'ignore';
  /** One after another as they are listed, whatever they need of each other. */
  readonly inGivenOrder?: boolean;
  readonly useRunCache: boolean;
  readonly allowMissing: boolean;
  /** What was seen just now: it serves until the first stage is worked on. */
  readonly seen?: Observer;
  readonly commit: boolean;
  readonly report: Reporter;
  readonly signal: AbortSignal;
  /** Tries to bring objects into the cache before a stage runs. */
  readonly pull?: ((digests: readonly Digest[]) => Promise<void>) | undefined;
  /** Asked before a stage runs or is restored; none: it may. */
  readonly confirm?: ((stage: ResolvedStage) => Promise<boolean>) | undefined;
}

/**
 * @param selected In plan order, with all that they need; or in the order that was given.
 * @returns An outcome for each of them, in plan order. An unexpected error is thrown after the lock is written.
 */
export async function runPipeline(
  workspace: Workspace,
  selected: readonly string[],
  options: RunOptions,
): Promise<ReadonlyMap<string, StageOutcome>> {
  const { fs, project, state } = workspace;
  const graph = options.inGivenOrder ? withoutEdges(workspace.pipeline.graph) : workspace.pipeline.graph;
  fs.makeDirectory(state);
  const journal = openJournal(fs, journalPath(state));
  const keeper = openLockKeeper({ fs, project, journal, ...workspace.pipeline });
  const chosen = new Set(selected);
  const outcomes = new Map<string, StageOutcome>();
  const upstream: Upstream = {
    graph,
    isInPlace: (name) =>
      options.inGivenOrder === true || !chosen.has(name) || isPassed(outcomes.get(name), options),
    restored: () => undefined,
    recorded: keeper.get,
  };
  const cachedOuts = selected.flatMap((name) => {
    const stage = graph.stages.get(name)!;
    return stage.outs.filter(({ cache }) => cache).map(({ path }) => absolute(workspace, stage, path));
  });
  const stop = new AbortController();
  const signal = AbortSignal.any([options.signal, stop.signal]);
  // DVC also counts what was restored or verified.
  const counted: readonly (string | undefined)[] =
    project.dialect === 'dvc' ? ['ran', 'restored', 'recorded'] : ['ran'];
  const hasRun = (name: string): boolean => counted.includes(outcomes.get(name)?.kind);
  let { seen } = options;
  const runner: StageRunner = {
    workspace,
    lock: keeper,
    journal,
    gitIgnore: openGitIgnore(fs, project.root, cachedOuts),
    report: options.report,
    upstream,
    decideOptions: (name) => ({
      force: options.force || (options.forceDownstream && graph.upstream(name).some(hasRun)),
      useRunCache: options.useRunCache,
      allowMissing: options.allowMissing,
      restoresData: options.pull !== undefined,
      dialect: project.dialect,
    }),
    observer: () => seen ?? workspace.observer,
    onWork: () => {
      seen = undefined;
    },
    commit: options.commit,
    pull: options.pull,
    confirm: options.confirm ?? (() => Promise.resolve(true)),
    signal,
  };
  try {
    await schedule(graph, selected, outcomes, {
      slots: options.inGivenOrder ? 1 : options.jobs,
      onFailure: options.onFailure,
      signal,
      onCrash: () => {
        stop.abort();
      },
      run: (stage, slots) => runStage(runner, stage, slots),
      onOutcome: (stage, outcome) => {
        options.report({ kind: 'finished', stage, outcome });
      },
    });
  } finally {
    keeper.flush();
    journal.close();
    workspace.memo.save();
  }
  return new Map(selected.map((name) => [name, outcomes.get(name)!]));
}

const withoutEdges = (graph: StageGraph): StageGraph => ({
  ...graph,
  upstream: () => [],
  downstream: () => [],
});

/** What follows takes the stage's outs as they stand. */
const isPassed = (outcome: StageOutcome | undefined, { onFailure }: Pick<RunOptions, 'onFailure'>): boolean =>
  outcome !== undefined && (isDone(outcome) || (onFailure === 'ignore' && outcome.kind === 'failed'));

export const journalPath = (state: string): string => join(state, 'journal');

/** What went wrong, in plan order. */
export const failuresOf = (outcomes: ReadonlyMap<string, StageOutcome>): readonly Diagnostic[] =>
  [...outcomes.values()].flatMap((outcome) => (outcome.kind === 'failed' ? outcome.why : []));

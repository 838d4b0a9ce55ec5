/**
 * `repro`: brings stages up to date.
 *
 * @module
 */

import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { err, type FileSystem, ok, type Result } from '../../cache/index.ts';
import type { Diagnostic } from '../core/index.ts';
import { activeGraph, selectTargets, type TargetOptions } from '../graph/index.ts';
import type { Observer, Plan } from '../plan/index.ts';
import { dropSnapshot, findProject, type Project, writeSnapshot } from '../project/index.ts';
import { isChanged, planJson, statusText } from '../report/index.ts';
import { arrangeLock, failuresOf, isDone, runPipeline, type StageOutcome } from '../run/index.ts';
import type { ResolvedStage } from '../template/index.ts';
import { checkStageParams, snapshotPaths, type Workspace } from '../workspace/index.ts';
import { confirm } from './confirm.ts';
import { EXIT } from './exit-code.ts';
import { fail } from './fail.ts';
import { forecastBelow, forecastPlan, planWithForecastJson } from './forecast-plan.ts';
import { openHolding, type StageWork } from './hold-paths.ts';
import { defaultJobs, readJobs } from './jobs.ts';
import { openForReading } from './open-project.ts';
import { lookAtStages, planStages, stagesWithoutNews } from './plan-targets.ts';
import { pullBeforePlan, pullObjects } from './pull-for-run.ts';
import { recordRun } from './record-run.ts';
import { createRunView, type RunView } from './run-view.ts';
import { applySettings } from './set-params.ts';
import { snapshotKey } from './snapshot-key.ts';
import { systemClock } from './system-clock.ts';
import { printJson, type Terminal } from './terminal.ts';

export interface ReproFlags {
  readonly dry?: true;
  /** As typed: `[file:]key=value`. */
  readonly setParam?: readonly string[];
  readonly force?: true;
  readonly singleItem?: true;
  readonly downstream?: true;
  readonly forceDownstream?: true;
  readonly pipeline?: true;
  readonly allPipelines?: true;
  readonly glob?: true;
  readonly recursive?: true;
  readonly keepGoing?: true;
  readonly ignoreErrors?: true;
  readonly interactive?: true;
  readonly allowMissing?: true;
  readonly pull?: true;
  readonly jobs?: string;
  readonly quiet?: true;
  readonly verbose?: true;
  readonly runCache: boolean;
  readonly commit: boolean;
  readonly wait?: true;
  readonly explain?: true;
  readonly logDir?: string;
  readonly json?: true;
}

/** Who runs `repro` again and again takes part in each time. */
export interface Round {
  /** Ends it as Ctrl-C does. */
  readonly signal: AbortSignal;
  /** What the pipeline is loaded from. */
  readonly fileSystem: (inner: FileSystem) => FileSystem;
  /** Called before anything that these stages need is looked at. */
  readonly selected: (workspace: Workspace, selected: readonly string[]) => Promise<void>;
}

export async function repro(
  terminal: Terminal,
  targets: readonly string[],
  flags: ReproFlags,
  round?: Round,
): Promise<number> {
  const jobs = flags.interactive ? 1 : readJobs(flags.jobs);
  if (typeof jobs === 'object') return fail(terminal, [jobs]);
  if (flags.dry) return dryRun(terminal, targets, flags, jobs);
  const startedMs = systemClock.nowMs();
  const project = findProject(terminal.cwd);
  const view = createRunView(flags.interactive ? { ...terminal, screen: undefined } : terminal, {
    verbosity: flags.quiet ? 'quiet' : flags.verbose ? 'verbose' : 'normal',
    isSerial: (jobs ?? (project && defaultJobs(project))) === 1,
    isExplaining: flags.explain === true,
    isJson: flags.json === true,
    startedMs,
  });
  const waiting = flags.wait ? { waitMs: Number.POSITIVE_INFINITY } : {};
  const prepare = settingParams(terminal, flags, round?.fileSystem);
  const options = { ...waiting, signal: round?.signal, prepare, isUnchecked: isSingle(flags) };
  const done = await openHolding(terminal, view.report, options, async (opened) => {
    const workspace = withActiveGraph(opened);
    const planned = await planChecked(workspace, targets, flags, round);
    if (round?.signal.aborted) return nothingToDo(EXIT.interrupted);
    if ('diagnostics' in planned) return err(planned.diagnostics);
    if (!planned.plan.stages.some(({ verdict }) => isChanged(verdict) || flags.force)) {
      return nothingToDo(finishFresh(terminal, workspace, planned, flags));
    }
    const work = async (): Promise<number> => {
      dropSnapshot(workspace.state);
      const count = jobs ?? defaultJobs(workspace.project);
      const outcomes = await run(terminal, workspace, planned, { ...flags, count, startedMs }, view);
      if (flags.json) printJson(terminal, { stages: resultJson(planned.plan, outcomes) });
      else if (!flags.quiet) terminal.out(`${view.summary(outcomes, systemClock.nowMs() - startedMs)}\n`);
      return exitCodeOfRun(outcomes, flags);
    };
    return ok({ stages: toRun(planned.plan, flags), work });
  });
  if (done.ok) return done.value;
  return round?.signal.aborted ? EXIT.interrupted : fail(terminal, done.error);
}

const nothingToDo = (exitCode: number): Result<StageWork<number>, never> =>
  ok({ stages: [], work: () => Promise.resolve(exitCode) });

/** Those that may be run, restored or recorded. */
const toRun = ({ stages }: Plan, { force, forceDownstream }: ReproFlags): readonly ResolvedStage[] =>
  stages
    .filter(({ verdict }) => force === true || forceDownstream === true || isChanged(verdict))
    .map(({ stage }) => stage);

const settingParams =
  (terminal: Terminal, flags: ReproFlags, fileSystem: Round['fileSystem'] = (fs) => fs) =>
  (project: Project): Result<FileSystem, readonly Diagnostic[]> => {
    const applied = applySettings(terminal, project, {
      settings: flags.setParam ?? [],
      isDry: flags.dry === true,
      say: (line) => {
        if (flags.json) terminal.error(`${line}\n`);
        else if (!flags.quiet) terminal.out(`${line}\n`);
      },
    });
    return applied.ok ? ok(fileSystem(applied.value)) : applied;
  };

interface Planned {
  readonly selected: readonly string[];
  readonly plan: Plan;
  /** What the plan was made of. */
  readonly seen: Observer;
}

/** Of what nobody ends. */
const NEVER = new AbortController().signal;

/** A plan that nothing stands in the way of. */
async function planChecked(
  workspace: Workspace,
  targets: readonly string[],
  flags: ReproFlags,
  round?: Round,
): Promise<Planned | { readonly diagnostics: readonly Diagnostic[] }> {
  const { graph } = workspace.pipeline;
  const selected = selectStages(workspace, targets, flags);
  await round?.selected(workspace, selected.ok ? selected.value : []);
  if (!selected.ok) return { diagnostics: selected.error };
  if (flags.pull && !flags.dry) {
    const withoutNews = (): readonly string[] =>
      flags.force || flags.allowMissing ? [] : stagesWithoutNews(workspace, selected.value);
    const pulled = await pullBeforePlan(workspace, selected.value, withoutNews, round?.signal ?? NEVER);
    if (!pulled.ok) return { diagnostics: pulled.error };
  }
  const seen = lookAtStages(workspace, selected.value);
  const options = {
    force: flags.force === true,
    forceDownstream: flags.forceDownstream === true,
    useRunCache: flags.runCache,
    allowMissing: flags.allowMissing === true,
    restoresData: flags.pull === true,
  };
  const plan = planStages(workspace, selected.value, options, seen);
  if (graph.order.length === 0 && workspace.project.dialect === 'native')
    return { diagnostics: [noStages(workspace)] };
  const blocked = plan.stages.flatMap(({ verdict }) => (verdict.kind === 'blocked' ? verdict.by : []));
  // In a DVC repository what stands before it runs first, as in DVC; to see what would be done nothing has to be there.
  const isFatal = ({ code }: Diagnostic): boolean =>
    workspace.project.dialect === 'native' || (flags.dry === true && code !== 'E_MISSING_DATA');
  const fatal = blocked.filter(isFatal);
  if (fatal.length > 0) return { diagnostics: unique(fatal) };
  const changed = plan.stages.filter(({ verdict }) => isChanged(verdict)).map(({ stage }) => stage);
  const diagnostics = await checkStageParams(workspace, changed);
  return diagnostics.length > 0 ? { diagnostics } : { selected: selected.value, plan, seen };
}

const withActiveGraph = (workspace: Workspace): Workspace =>
  workspace.project.dialect === 'native'
    ? workspace
    : {
        ...workspace,
        pipeline: { ...workspace.pipeline, graph: activeGraph(workspace.pipeline.graph) },
      };

/** Without targets all stages; in a DVC repository those of the manifest in the working directory. */
function selectStages(
  { pipeline, project }: Workspace,
  targets: readonly string[],
  flags: ReproFlags,
): Result<readonly string[], readonly Diagnostic[]> {
  const options: TargetOptions = {
    scope: scopeOf(flags),
    isGlob: flags.glob === true,
    directoriesFrom: flags.recursive ? project.cwd : undefined,
    inGivenOrder: isInGivenOrder(project, flags),
  };
  const isAll = project.dialect === 'native' && targets.length === 0;
  if (flags.allPipelines || isAll) return selectTargets(pipeline.graph, [], options);
  if (targets.length > 0) return selectTargets(pipeline.graph, targets, options);
  const here = pipeline.files.find(({ address }) => address === project.manifestName);
  if (here === undefined) return { ok: false, error: [noManifestHere(project)] };
  return selectTargets(pipeline.graph, [here.address], { ...options, isGlob: false });
}

const noManifestHere = ({ cwd, root, manifestName }: Project): Diagnostic => ({
  code: 'E_NO_MANIFEST',
  message: `There is no "${manifestName}" in ${join(root, cwd)}`,
  hint: 'go to a directory that has one, name a target, or pass -P for all stages of the repository',
});

/** DVC looks at no graph for `-s`. */
const isInGivenOrder = ({ dialect }: Project, flags: ReproFlags): boolean =>
  dialect === 'dvc' && isSingle(flags);

const isSingle = (flags: ReproFlags): boolean => scopeOf(flags) === 'single' && !flags.allPipelines;

/** Whole pipelines rule out less, as in DVC. */
function scopeOf(flags: ReproFlags): TargetOptions['scope'] {
  if (flags.pipeline) return 'pipeline';
  if (flags.singleItem) return 'single';
  return flags.downstream ? 'downstream' : 'upstream';
}

function finishFresh(terminal: Terminal, workspace: Workspace, planned: Planned, flags: ReproFlags): number {
  const { fs, project, pipeline } = workspace;
  arrangeLock(fs, project, pipeline);
  workspace.memo.save();
  const output = flags.json
    ? `${JSON.stringify({ stages: resultJson(planned.plan, new Map()) }, undefined, 2)}\n`
    : flags.quiet
      ? ''
      : `${statusText(planned.plan, { showFresh: flags.verbose === true })}\n`;
  terminal.out(output);
  // What `-S` says belongs to this run alone.
  if (flags.setParam !== undefined) return EXIT.done;
  const self = fileURLToPath(import.meta.url);
  writeSnapshot(
    workspace.fs,
    workspace.state,
    workspace.project.root,
    snapshotKey(terminal.cwd, terminal.args),
    output,
    [self, ...snapshotPaths(workspace, planned.selected)],
    workspace.openedAtNs,
  );
  return EXIT.done;
}

async function run(
  terminal: Terminal,
  workspace: Workspace,
  { plan, selected, seen }: Planned,
  flags: ReproFlags & { readonly count: number; readonly startedMs: number },
  view: RunView,
): Promise<ReadonlyMap<string, StageOutcome>> {
  const jobs = flags.count;
  const signal = terminal.interrupted();
  const recorded = recordRun(terminal, workspace, plan, {
    jobs,
    startedMs: flags.startedMs,
    logDirectory: flags.logDir,
  });
  let exitCode: number = EXIT.environment;
  view.begin(workspace, plan, jobs, signal);
  try {
    const outcomes = await runPipeline(workspace, selected, {
      jobs,
      force: flags.force === true,
      forceDownstream: flags.forceDownstream === true,
      onFailure: flags.ignoreErrors ? 'ignore' : flags.keepGoing ? 'keep-going' : 'stop',
      inGivenOrder: isInGivenOrder(workspace.project, flags),
      useRunCache: flags.runCache,
      allowMissing: flags.allowMissing === true,
      seen,
      commit: flags.commit,
      report: (event) => {
        recorded.observe(event);
        view.report(event);
      },
      signal,
      pull: flags.pull ? (digests) => pullObjects(workspace, digests, signal) : undefined,
      confirm: flags.interactive
        ? ({ name }) => confirm(`Going to reproduce stage "${name}". Are you sure?`)
        : undefined,
    });
    exitCode = exitCodeOfRun(outcomes, flags);
    return outcomes;
  } finally {
    view.end();
    recorded.finish(exitCode);
  }
}

async function dryRun(
  terminal: Terminal,
  targets: readonly string[],
  flags: ReproFlags,
  jobs: number | undefined,
): Promise<number> {
  const opened = await openForReading(terminal, {
    prepare: settingParams(terminal, flags),
    isUnchecked: isSingle(flags),
  });
  if (!opened.ok) return fail(terminal, opened.error);
  const workspace = withActiveGraph(opened.value);
  const planned = await planChecked(workspace, targets, flags);
  if ('diagnostics' in planned) return fail(terminal, planned.diagnostics);
  const expected = forecastPlan(workspace, planned.plan, jobs);
  if (flags.json) printJson(terminal, planWithForecastJson(planned.plan, expected));
  else if (!flags.quiet) {
    const text = statusText(planned.plan, { showFresh: flags.verbose === true });
    terminal.out(`${text}${forecastBelow(expected)}\n`);
  }
  const isDvc = workspace.project.dialect === 'dvc';
  const hasChanged = planned.plan.stages.some(({ verdict }) => isChanged(verdict));
  return flags.quiet && !isDvc && hasChanged ? EXIT.failed : EXIT.done;
}

function resultJson(plan: Plan, outcomes: ReadonlyMap<string, StageOutcome>): readonly object[] {
  return planJson(plan).map((stage) => ({
    ...stage,
    status: outcomes.get(stage.name)?.kind ?? stage.verdict,
  }));
}

function exitCodeOfRun(outcomes: ReadonlyMap<string, StageOutcome>, { ignoreErrors }: ReproFlags): number {
  const kinds = [...outcomes.values()];
  if (kinds.some(({ kind }) => kind === 'cancelled')) return EXIT.interrupted;
  if (ignoreErrors) return EXIT.done;
  return failuresOf(outcomes).length > 0 || !kinds.every(isDone) ? EXIT.failed : EXIT.done;
}

const noStages = ({ project }: Workspace): Diagnostic => ({
  code: 'E_NO_STAGES',
  message: `"${project.manifestName}" declares no stages`,
  hint: 'add a stage under "stages:"; the lock is left as it is',
});

const unique = (diagnostics: readonly Diagnostic[]): readonly Diagnostic[] => [...new Set(diagnostics)];

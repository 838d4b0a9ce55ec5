/**
 * Runs one stage whose upstream stages are done: decides, then restores it or runs its process and records the result.
 *
 * The order is what makes a kill harmless: objects, then the run cache, then the journal. A record therefore never names
 * an output that the cache lacks.
 *
 * @module
 */

import { dirname, join } from 'node:path';
import {
  type Digest,
  equalValues,
  err,
  isSystemError,
  ok,
  type Result,
  runValue,
  type SystemError,
  toPlain,
  unreachable,
} from '../../cache/index.ts';
import { type Diagnostic, fromRoot } from '../core/index.ts';
import { entryToValue, type Journal, type LockEntry } from '../lockfile/index.ts';
import {
  type DecideOptions,
  type Decision,
  decideStage,
  isMissingInput,
  isResting,
  type Observer,
  readInputs,
  type StageInputs,
  type Upstream,
  withLegacyDeps,
} from '../plan/index.ts';
import type { GitIgnore } from '../project/index.ts';
import type { ResolvedStage } from '../template/index.ts';
import { stageParams, type Workspace } from '../workspace/index.ts';
import type { Reporter, StageOutcome } from './event.ts';
import {
  engineGroup,
  type StageExit,
  type StageProcess,
  startCommand,
  startModule,
} from './executors/index.ts';
import { importData } from './import-data.ts';
import { keepRun, saveRun } from './keep-run.ts';
import type { LockKeeper } from './lock-keeper.ts';
import { absolute, clearOuts, lockedOuts, readOuts, restoreOuts, withSizes } from './outs.ts';
import { stageVariables } from './stage-variables.ts';

export interface StageRunner {
  readonly workspace: Workspace;
  readonly lock: LockKeeper;
  readonly journal: Journal;
  readonly gitIgnore: GitIgnore;
  readonly report: Reporter;
  readonly upstream: Upstream;
  /** To decide by, now. */
  readonly observer: () => Observer;
  /** Called when a stage is going to be worked on: what was seen before no longer holds. */
  readonly onWork: () => void;
  readonly decideOptions: (stage: string) => DecideOptions;
  /** Keep outs in the cache. */
  readonly commit: boolean;
  readonly signal: AbortSignal;
  readonly confirm: (stage: ResolvedStage) => Promise<boolean>;
  /** Tries to bring objects into the cache; undefined: nothing is brought. */
  readonly pull: ((digests: readonly Digest[]) => Promise<void>) | undefined;
}

export async function runStage(
  runner: StageRunner,
  stage: ResolvedStage,
  slots: number,
): Promise<StageOutcome> {
  const { workspace, lock, upstream } = runner;
  const options = runner.decideOptions(stage.name);
  const decide = (): Decision =>
    decideStage(stage, lock.get(stage.name), upstream, runner.observer(), options);
  const first = decide();
  if (first.verdict.kind !== 'fresh' && first.verdict.kind !== 'frozen') runner.onWork();
  const { verdict, inputs } = (await pullRuns(runner, stage, first)) ? decide() : first;
  if ((verdict.kind === 'restore' || verdict.kind === 'run') && !(await runner.confirm(stage))) {
    return { kind: 'failed', why: [unconfirmed(stage)] };
  }
  switch (verdict.kind) {
    case 'fresh':
    case 'frozen':
      return { kind: verdict.kind };
    case 'blocked': {
      const cleared = clearsFirst(workspace, stage, verdict.by) ? clearOuts(workspace, stage) : ok(undefined);
      return { kind: 'failed', why: cleared.ok ? verdict.by : cleared.error };
    }
    case 'pending':
      throw new Error(`Bug: stage "${stage.name}" is pending after its upstream`);
    case 'restore': {
      runner.report({ kind: 'restoring', stage, because: verdict.because });
      const restored = restoreOuts(workspace, stage, verdict.entry);
      if (!restored.ok) return { kind: 'failed', why: restored.error };
      const kept = isResting(stage) ? keepAsItStands(runner, stage, verdict.entry) : ok(undefined);
      if (!kept.ok) return { kind: 'failed', why: kept.error };
      const entry = { ...verdict.entry, outs: withSizes(workspace, stage, verdict.entry.outs) };
      if (runner.commit) saveRun(workspace, stage, entry);
      record(runner, stage, entry);
      return { kind: 'restored', because: verdict.because };
    }
    case 'record': {
      const kept = keepAsItStands(runner, stage, verdict.entry);
      if (!kept.ok) return { kind: 'failed', why: kept.error };
      record(runner, stage, verdict.entry);
      return { kind: 'recorded', because: verdict.because };
    }
    case 'run': {
      runner.report({ kind: 'started', stage, because: verdict.because });
      const exit = await work(runner, stage, inputs!, slots);
      if (!exit.ok) return { kind: 'failed', why: exit.error };
      if (runner.signal.aborted) return { kind: 'cancelled' };
      const failure = exit.value && exitFailure(stage, exit.value);
      if (failure !== undefined) return { kind: 'failed', why: [failure] };
      const recorded = keep(runner, stage, inputs!);
      if (!recorded.ok) return { kind: 'failed', why: recorded.error };
      const durationMs = exit.value?.kind === 'exited' ? exit.value.durationMs : 0;
      return { kind: 'ran', because: verdict.because, durationMs };
    }
  }
}

/** DVC removes the outs before it looks for the deps and the params. */
const clearsFirst = ({ project }: Workspace, stage: ResolvedStage, by: readonly Diagnostic[]): boolean =>
  project.dialect === 'dvc' && !isResting(stage) && by.length > 0 && by.every(isMissingInput);

/** The outs in the cache and the run in the run cache, as the entry says that they stand in the workspace. */
function keepAsItStands(
  { workspace, commit, report }: StageRunner,
  stage: ResolvedStage,
  entry: LockEntry,
): Result<undefined, readonly Diagnostic[]> {
  if (!commit) return ok(undefined);
  const states = readOuts(workspace, stage);
  return states.ok ? keepRun(workspace, stage, entry, states.value, { report }) : states;
}

/** Brings what the run cache names for these inputs. @returns Whether there was anything to bring. */
async function pullRuns(
  { pull, workspace }: StageRunner,
  stage: ResolvedStage,
  { verdict, inputs }: Decision,
): Promise<boolean> {
  if (pull === undefined || verdict.kind !== 'run' || inputs === undefined) return false;
  const outs = workspace.observer.runs(stage, inputs).flatMap((entry) => entry.outs);
  const digests = outs.flatMap(({ digest }) => (digest === undefined ? [] : [digest]));
  if (digests.length === 0) return false;
  await pull(digests);
  return true;
}

/** Copies what is imported, or runs the stage's process. @returns Undefined where there was no process. */
async function work(
  runner: StageRunner,
  stage: ResolvedStage,
  inputs: StageInputs,
  slots: number,
): Promise<Result<StageExit | undefined, readonly Diagnostic[]>> {
  if (stage.action.kind === 'source') return importData(runner.workspace, stage);
  return execute(runner, stage, inputs, slots);
}

async function execute(
  runner: StageRunner,
  stage: ResolvedStage,
  inputs: StageInputs,
  slots: number,
): Promise<Result<StageExit, readonly Diagnostic[]>> {
  const { workspace, journal, report, signal } = runner;
  const cleared = clearOuts(workspace, stage);
  if (!cleared.ok) return cleared;
  journal.starting(stage.name, engineGroup());
  let running: StageProcess | undefined = undefined;
  let unwritten: SystemError | undefined;
  const cancel = (): void => {
    void running?.cancel();
  };
  const started = await start(runner, stage, inputs, slots, {
    onStart: (group) => {
      try {
        journal.started(stage.name, group);
      } catch (error) {
        if (!isSystemError(error)) throw error;
        unwritten = error;
        cancel();
      }
    },
    onOutput: (chunk) => {
      report({ kind: 'output', stage: stage.name, chunk });
    },
    onProgress: (done, total, note) => {
      report({ kind: 'progress', stage: stage.name, done, total, note });
    },
  });
  if (!started.ok) return started;
  running = started.value;
  if (signal.aborted || unwritten !== undefined) cancel();
  signal.addEventListener('abort', cancel);
  const exit = await running.done;
  signal.removeEventListener('abort', cancel);
  if (unwritten !== undefined) throw unwritten;
  journal.ended(stage.name);
  report({ kind: 'ended', stage: stage.name, exit });
  return ok(exit);
}

type Hooks = Parameters<typeof startModule>[1];

async function start(
  runner: StageRunner,
  stage: ResolvedStage,
  inputs: StageInputs,
  slots: number,
  hooks: Hooks,
): Promise<Result<StageProcess, readonly Diagnostic[]>> {
  const { workspace } = runner;
  const { project } = workspace;
  const cwd = join(project.root, stage.wdir);
  if (workspace.fs.stat(cwd)?.kind !== 'directory') return err([noWorkingDirectory(stage)]);
  const env = { ...Object.fromEntries(stage.env), ...stageVariables(project.root, stage.name) };
  if (stage.action.kind === 'command') {
    const shell = project.dialect === 'dvc' ? 'dvc' : 'script';
    return ok(startCommand({ cmd: stage.action.cmd, shell, cwd, env }, hooks));
  }
  if (stage.action.kind === 'source') throw new Error(`Bug: nothing to run for "${stage.name}"`);
  const code = workspace.codes.get(stage.action.module)!;
  if (!code.ok) return code;
  const bundle = await workspace.modules.prepare(code.value);
  if (!bundle.ok) return bundle;
  const job = {
    bundle: bundle.value,
    stage: stage.name,
    params: toPlain(stageParams(workspace, stage)),
    with: toPlain(stage.action.with),
    deps: stage.deps.map(({ path }) => absolute(workspace, stage, path)),
    outs: stage.outs.map(({ path }) => absolute(workspace, stage, path)),
    threads: slots,
    checkpointDirectory: checkpointDirectory(runner, stage, inputs),
    cwd,
    env,
  };
  return ok(startModule(job, hooks));
}

/** The same for the same inputs, so that a crashed stage finds what it had; another for others. */
function checkpointDirectory(runner: StageRunner, stage: ResolvedStage, inputs: StageInputs): string {
  const { state, project } = runner.workspace;
  return join(
    state,
    'checkpoints',
    runValue(entryToValue({ ...inputs, outs: [] }, project.paramsName)),
    encodeURIComponent(stage.name),
  );
}

/** Records what a successful process made. */
function keep(
  runner: StageRunner,
  stage: ResolvedStage,
  inputs: StageInputs,
): Result<undefined, readonly Diagnostic[]> {
  const { workspace, lock } = runner;
  const read = inputsAfter(runner, stage, inputs);
  if (!read.ok) return read;
  const states = readOuts(workspace, stage);
  if (!states.ok) return states;
  const outs = lockedOuts(workspace, stage, states.value, lock.get(stage.name));
  const entry: LockEntry = { ...read.value, outs };
  if (runner.commit) {
    const kept = keepRun(workspace, stage, entry, states.value, { report: runner.report });
    if (!kept.ok) return kept;
  }
  record(runner, stage, entry);
  rememberInputs(runner, stage, read.value);
  if (stage.action.kind === 'module')
    workspace.fs.remove(dirname(checkpointDirectory(runner, stage, inputs)));
  return ok(undefined);
}

/** What no cache keeps, for `why` to show what changed in it. */
function rememberInputs({ workspace }: StageRunner, stage: ResolvedStage, inputs: StageInputs): void {
  const { graph } = workspace.pipeline;
  for (const { path, digest, sizeBytes, fileCount } of inputs.deps) {
    if (digest === undefined || fileCount !== undefined) continue;
    if (graph.outsAt(fromRoot(stage.wdir, path)).length > 0) continue;
    workspace.inputs.remember(absolute(workspace, stage, path), digest, sizeBytes ?? 0);
  }
  const code = stage.action.kind === 'module' ? workspace.codes.get(stage.action.module) : undefined;
  if (code?.ok === true) workspace.inputs.rememberCode(code.value);
}

function record(runner: StageRunner, stage: ResolvedStage, entry: LockEntry): void {
  const { workspace, lock, gitIgnore } = runner;
  const { paramsName } = workspace.project;
  gitIgnore.add(stage.outs.filter(({ cache }) => cache).map(({ path }) => absolute(workspace, stage, path)));
  const before = lock.get(stage.name);
  const isSame =
    before !== undefined && equalValues(entryToValue(before, paramsName), entryToValue(entry, paramsName));
  // The file of an import has a digest of its own beside.
  const isImport = stage.action.kind === 'source' && stage.deps.length > 0;
  if (isSame && !isImport) return;
  lock.record(stage, entry);
}

/** What is recorded as read. DVC looks again when the command is done; elsewhere a change meanwhile is an error. */
function inputsAfter(
  runner: StageRunner,
  stage: ResolvedStage,
  inputs: StageInputs,
): Result<StageInputs, readonly Diagnostic[]> {
  const { workspace, lock, upstream } = runner;
  if (workspace.project.dialect === 'native') {
    const changed = changedDeps(runner, stage, inputs);
    return changed.length > 0 ? err(changed) : ok(inputs);
  }
  const read = readInputs(stage, upstream, workspace.observer);
  if (!read.ok) return read;
  return ok(withLegacyDeps(stage, read.value.inputs, lock.get(stage.name), workspace.observer));
}

/** What the command read may not be what was recorded: its outputs must not stand for those inputs. */
function changedDeps(runner: StageRunner, stage: ResolvedStage, inputs: StageInputs): readonly Diagnostic[] {
  return stage.deps.flatMap((dep): readonly Diagnostic[] => {
    const state = runner.workspace.hasher.observe(absolute(runner.workspace, stage, dep.path));
    const before = inputs.deps.find(({ path }) => path === dep.path);
    if (state.kind !== 'missing' && state.digest === before?.digest) return [];
    return [
      {
        code: 'E_DEP_CHANGED',
        message: `Dep "${dep.path}" changed while stage "${stage.name}" ran`,
        place: dep.place,
        hint: 'nothing was recorded; run it again, and if the stage itself writes the file, declare it as an out with "persist: true"',
      },
    ];
  });
}

const unconfirmed = (stage: ResolvedStage): Diagnostic => ({
  code: 'E_NOT_CONFIRMED',
  message: `Stage "${stage.name}" was not confirmed`,
  place: stage.place,
  hint: 'answer with "y", or leave -i away; without a terminal nothing can be confirmed',
});

const noWorkingDirectory = (stage: ResolvedStage): Diagnostic => ({
  code: 'E_NO_WDIR',
  message: `Stage "${stage.name}" cannot start: its working directory "${stage.wdir}" is not there`,
  place: stage.action.place,
  hint: 'create it, or correct "wdir"',
});

function exitFailure(stage: ResolvedStage, exit: StageExit): Diagnostic | undefined {
  const { place } = stage.action;
  switch (exit.kind) {
    case 'exited':
      if (exit.code === 0) return undefined;
      return {
        code: 'E_STAGE_FAILED',
        message: `Stage "${stage.name}" failed: exit code ${exit.code}`,
        place,
      };
    case 'signalled':
      return {
        code: 'E_STAGE_FAILED',
        message: `Stage "${stage.name}" failed: ended by ${exit.signal}`,
        place,
      };
    case 'spawn-failed':
      return {
        code: 'E_STAGE_FAILED',
        message: `Stage "${stage.name}" cannot start: ${exit.message}`,
        place,
      };
    default:
      return unreachable(exit);
  }
}

/**
 * A stage's inputs as they are now, or why they cannot be known yet.
 *
 * @module
 */

import { type ContentState, err, ok, type Result, type Value, type ValueMap } from '../../cache/index.ts';
import { type Diagnostic, fromRoot, fromWdir, suggest, suggestPath } from '../core/index.ts';
import type { StageGraph } from '../graph/index.ts';
import { type LockAction, type LockEntry, type LockPath, lockPath } from '../lockfile/index.ts';
import type { ResolvedDep, ResolvedStage } from '../template/index.ts';
import type { Observer, StageInputs } from './observation.ts';

/** What is known of the stages before. */
export interface Upstream {
  readonly graph: StageGraph;
  /** Whether a stage's outs stand in the workspace now: nothing is going to run or be restored there. */
  readonly isInPlace: (stage: string) => boolean;
  /** Of a stage that is not in place: the entry that it is going to have, if it is restored. */
  readonly restored: (stage: string) => LockEntry | undefined;
  /** A stage's entry in the lock. */
  readonly recorded: (stage: string) => LockEntry | undefined;
}

export type KnownInputs =
  | { readonly kind: 'known'; readonly inputs: StageInputs }
  /** `inputs` lacks the deps and params that these upstream stages are about to make. */
  | { readonly kind: 'waiting'; readonly on: readonly string[]; readonly inputs: StageInputs };

/** @param missing Says what a dep that is not there counts as. */
export function readInputs(
  stage: ResolvedStage,
  upstream: Upstream,
  observer: Observer,
  missing: (dep: ResolvedDep) => LockPath | undefined = () => undefined,
): Result<KnownInputs, readonly Diagnostic[]> {
  const errors: Diagnostic[] = [];
  const waiting = new Set<string>();
  const deps: LockPath[] = [];
  const params = new Map<string, ReadonlyMap<string, Value>>();
  for (const dep of stage.deps) {
    const seen = depState(fromRoot(stage.wdir, dep.path), upstream, observer);
    if (seen.kind === 'waiting') for (const name of seen.on) waiting.add(name);
    else {
      const path = lockPath(dep.path, seen.state) ?? missing(dep);
      if (path === undefined)
        errors.push(missingDep(stage, dep, similarPath(stage, dep, upstream.graph, observer)));
      else deps.push(path);
    }
  }
  for (const wanted of stage.params) {
    const makers = upstream.graph.outsAt(fromRoot(stage.wdir, wanted.file));
    const unmade = makers.filter((out) => !upstream.isInPlace(out.stage));
    for (const out of unmade) waiting.add(out.stage);
    if (unmade.length > 0) continue;
    const values = observer.params(stage, wanted);
    if (values.ok) params.set(wanted.file, new Map([...(params.get(wanted.file) ?? []), ...values.value]));
    else errors.push(...values.error);
  }
  const action = currentAction(stage, observer);
  if (!action.ok) return err([...errors, ...action.error]);
  if (errors.length > 0) return err(errors);
  const env: ValueMap = stage.env;
  const inputs = { action: action.value, env, deps, params };
  return ok(waiting.size > 0 ? { kind: 'waiting', on: [...waiting], inputs } : { kind: 'known', inputs });
}

type DepState =
  | { readonly kind: 'seen'; readonly state: ContentState }
  | { readonly kind: 'waiting'; readonly on: readonly string[] };

/** An upstream out is what its entry says; what lies inside or around one is looked at, once it is in place. */
function depState(path: string, upstream: Upstream, observer: Observer): DepState {
  const away = upstream.graph.outsAt(path).filter(({ stage }) => !upstream.isInPlace(stage));
  const [out] = away;
  if (out === undefined) return { kind: 'seen', state: observer.content(path) };
  const recorded = upstream.restored(out.stage)?.outs.find(({ path: name }) => name === out.out.path);
  if (recorded?.digest !== undefined && out.relation === 'equal') {
    return { kind: 'seen', state: recordedState(recorded, observer) };
  }
  if (recorded?.digest !== undefined && out.relation === 'inside') {
    const name = path.slice(out.path.length + 1);
    const member = observer.tree(recorded.digest)?.find((entry) => entry.path === name);
    if (member !== undefined) {
      const state = {
        kind: 'file',
        digest: member.digest,
        sizeBytes: member.sizeBytes ?? 0,
        isExecutable: false,
      } as const;
      return { kind: 'seen', state };
    }
  }
  return { kind: 'waiting', on: away.map(({ stage }) => stage) };
}

function recordedState(path: LockPath, observer: Observer): ContentState {
  const digest = path.digest!;
  const sizeBytes = path.sizeBytes ?? 0;
  return path.fileCount === undefined
    ? { kind: 'file', digest, sizeBytes, isExecutable: path.isExecutable }
    : { kind: 'tree', digest, sizeBytes, fileCount: path.fileCount, entries: observer.tree(digest) ?? [] };
}

function currentAction(stage: ResolvedStage, observer: Observer): Result<LockAction, readonly Diagnostic[]> {
  const { action } = stage;
  if (action.kind === 'command') return ok({ kind: 'command', cmd: action.cmd });
  if (action.kind === 'source') return ok({ kind: 'source' });
  const code = observer.code(action.module);
  if (!code.ok)
    return err(code.error.map((diagnostic) => ({ ...diagnostic, place: diagnostic.place ?? action.place })));
  return ok({ kind: 'module', module: action.module, code: code.value, with: action.with });
}

/** Beyond so many stages their outs are not compared with each missing dep: it would take too long. */
const MAX_STAGES_COMPARED = 200;

/** A file that is there, or an out of another stage, by nearly this name; as the stage would write it. */
function similarPath(
  stage: ResolvedStage,
  dep: ResolvedDep,
  graph: StageGraph,
  observer: Observer,
): string | undefined {
  const path = fromRoot(stage.wdir, dep.path);
  const own = new Set(stage.outs.map((out) => fromRoot(stage.wdir, out.path)));
  const stages = graph.stages.size > MAX_STAGES_COMPARED ? [] : [...graph.stages.values()];
  const outs = stages.flatMap(({ outs: all, wdir }) => all.map((out) => fromRoot(wdir, out.path)));
  const isOther = (candidate: string | undefined): boolean => candidate !== undefined && !own.has(candidate);
  const found = [suggestPath(path, observer.namesIn), suggest(path, outs.filter(isOther))].find(isOther);
  return found === undefined ? undefined : fromWdir(stage.wdir, found);
}

const MISSING: ReadonlySet<string> = new Set(['E_MISSING_DEP', 'E_MISSING_PARAM', 'E_MISSING_PARAMS_FILE']);

/** A dep, a param or its file is not there. */
export const isMissingInput = ({ code }: Diagnostic): boolean => MISSING.has(code);

const missingDep = (stage: ResolvedStage, dep: ResolvedDep, similar: string | undefined): Diagnostic => ({
  code: 'E_MISSING_DEP',
  message: `Dep "${dep.path}" of stage "${stage.name}" is not there`,
  place: dep.place,
  hint:
    similar === undefined
      ? 'create the file, correct the path, or declare it as an out of the stage that makes it'
      : `did you mean "${similar}"?`,
});

/**
 * The workspace: a project opened for work, its pipeline loaded and its cache at hand, and the `Observer` that planning
 * looks through.
 *
 * @module
 */

import { join, posix } from 'node:path';
import {
  type ContentState,
  createHasher,
  type Digest,
  err,
  type FileSystem,
  type Hasher,
  type ObjectStore,
  ok,
  openObjectStore,
  openRunCache,
  openStatMemo,
  type Result,
  type RunCache,
  runKey,
  type StatMemo,
  shareWithGroup,
} from '../../cache/index.ts';
import { type Diagnostic, namesUnder } from '../core/index.ts';
import type { StageGraph } from '../graph/index.ts';
import { entryFromValue, entryToValue, type LockEntry } from '../lockfile/index.ts';
import { createModules, type ModuleCode, type Modules } from '../modules/index.ts';
import type { Observer, StageInputs } from '../plan/index.ts';
import {
  type Config,
  type ConfigDirectories,
  IGNORE_FILE,
  type IgnoreRules,
  type IsIgnored,
  openIgnoreRules,
  type Project,
  readConfig,
  stateDirectory,
} from '../project/index.ts';
import type { ResolvedStage } from '../template/index.ts';
import { ignoredOuts } from './ignored-outs.ts';
import { type LegacyCache, openLegacyCache } from './legacy-cache.ts';
import { loadPipeline, type Pipeline } from './load-pipeline.ts';
import { createParamsReader, type ParamsReader } from './params-reader.ts';
import { openPlacedOuts, type PlacedOuts } from './placed-outs.ts';
import { openRememberedInputs, type RememberedInputs } from './remembered-inputs.ts';

export interface Workspace {
  readonly project: Project;
  readonly fs: FileSystem;
  readonly config: Config;
  /** Absolute; where what is ours alone is kept. */
  readonly state: string;
  /** By the clock that stamps files, from before the first one was read. */
  readonly openedAtNs: bigint;
  readonly pipeline: Pipeline;
  readonly ignoreRules: IgnoreRules;
  readonly isIgnored: IsIgnored;
  readonly memo: StatMemo;
  readonly hasher: Hasher;
  readonly store: ObjectStore;
  readonly legacy: LegacyCache;
  readonly placed: PlacedOuts;
  readonly runCache: RunCache;
  readonly modules: Modules;
  readonly inputs: RememberedInputs;
  readonly codes: ModuleCodes;
  readonly params: ParamsReader;
  readonly observer: Observer;
}

export type ModuleCodes = ReadonlyMap<string, Result<ModuleCode, readonly Diagnostic[]>>;

export interface WorkspaceHooks {
  readonly configDirectories: ConfigDirectories;
  /** An object of the cache was not what its name says, and has been removed. */
  readonly onCorrupt: (digest: Digest) => void;
  /** In a DVC repository, whether the graph may have cycles, and outs that clash. */
  readonly isUnchecked?: boolean | undefined;
  /** In a DVC repository: whether a file that declares stages, by its path from the root, is left out where it cannot be read. */
  readonly isPassedOver?: ((path: string) => boolean) | undefined;
}

export async function openWorkspace(
  fs: FileSystem,
  project: Project,
  hooks: WorkspaceHooks,
): Promise<Result<Workspace, readonly Diagnostic[]>> {
  const openedAtNs = fs.clockNs();
  const config = readConfig(fs, project, hooks.configDirectories);
  const ignoreRules = openIgnoreRules(project);
  const { isIgnored } = ignoreRules;
  const pipeline = loadPipeline(fs, project, isIgnored, {
    parsing: config.ok ? config.value.parsing : undefined,
    isUnchecked: hooks.isUnchecked,
    isPassedOver: hooks.isPassedOver,
  });
  if (!pipeline.ok || !config.ok) {
    return err([...(config.ok ? [] : config.error), ...(pipeline.ok ? [] : pipeline.error)]);
  }
  const ignored = ignoredOuts(fs, project.root, ignoreRules, pipeline.value.graph.stages.values());
  if (ignored.length > 0) return err(ignored);
  const cache = config.value.cache.directory;
  const cacheFs = config.value.cache.isShared ? shareWithGroup(fs, cache) : fs;
  const state = stateDirectory(project);
  const memo = openStatMemo(fs, join(state, 'stat-memo'));
  const objects = join(cache, 'files', 'md5');
  const hasher = createHasher({ fs, memo, isIgnored, refusedName: IGNORE_FILE, linkedFrom: objects });
  const store = openObjectStore({
    fs: cacheFs,
    directory: objects,
    memo,
    onCorrupt: hooks.onCorrupt,
    linkTypes: config.value.cache.types,
  });
  const runCache = openRunCache({ fs: cacheFs, directory: join(cache, 'runs') });
  const modules = createModules({ root: project.root, stateDirectory: state, fs });
  const codes = await modules.fingerprint(modulesOf(pipeline.value.graph));
  const inputs = openRememberedInputs(fs, project.root, state);
  const params = createParamsReader(fs, project.root);
  const content = (path: string): ContentState => hasher.observe(posix.resolve(project.root, path));
  const legacy = openLegacyCache(cacheFs, hasher, cache);
  const placed = openPlacedOuts(fs, {
    root: project.root,
    state,
    hasher,
    isCached: (digest) => store.has(digest),
  });
  const observer: Observer = {
    content,
    namesIn: namesUnder(fs, project.root),
    params: params.read,
    code: (module) => codeOf(codes, module),
    isCached: (digest) => store.has(digest),
    legacy: (path) => legacy.digestOf(posix.resolve(project.root, path)),
    isLegacyCached: (digest) => legacy.has(digest),
    tree: (digest) => {
      const entries = store.readTree(digest);
      return entries.ok ? entries.value : undefined;
    },
    runs: (stage, inputs) => knownRuns(runCache, project, stage, inputs),
  };
  const workspace = {
    project,
    fs,
    config: config.value,
    state,
    openedAtNs,
    pipeline: pipeline.value,
    ignoreRules,
    isIgnored,
    memo,
    hasher,
    store,
    legacy,
    placed,
    runCache,
    modules,
    inputs,
    codes,
    params,
    observer,
  };
  return ok(workspace);
}

const modulesOf = (graph: StageGraph): readonly string[] => [
  ...new Set(
    [...graph.stages.values()].flatMap(({ action }) => (action.kind === 'module' ? [action.module] : [])),
  ),
];

function codeOf(codes: ModuleCodes, module: string): Result<string, readonly Diagnostic[]> {
  const code = codes.get(module)!;
  return code.ok ? ok(code.value.code) : err(code.error);
}

function knownRuns(
  runCache: RunCache,
  project: Project,
  stage: ResolvedStage,
  inputs: StageInputs,
): readonly LockEntry[] {
  const outs = stage.outs.map(({ path }) => ({
    path,
    digest: undefined,
    sizeBytes: undefined,
    fileCount: undefined,
    isExecutable: false,
  }));
  const key = runKey(entryToValue({ ...inputs, outs }, project.paramsName));
  return runCache.find(key).flatMap((value) => entryFromValue(value) ?? []);
}

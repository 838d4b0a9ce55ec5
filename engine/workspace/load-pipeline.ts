/**
 * From a project's files to its stage graph and locks, with every error of the first phase that has any.
 *
 * @module
 */

import { err, type FileSystem, ok, type Result } from '../../cache/index.ts';
import { type Diagnostic, namesUnder } from '../core/index.ts';
import { buildGraph, type StageGraph } from '../graph/index.ts';
import { EMPTY_LOCK, type LockEntry, type Lockfile, type ProjectLock, parseLock } from '../lockfile/index.ts';
import type { Manifest } from '../manifest/index.ts';
import { type IsIgnored, type Project, stateDirectory } from '../project/index.ts';
import type { Source } from '../sources/index.ts';
import {
  addressed,
  fileFrom,
  type ResolvedFile,
  type ResolvedManifest,
  type ResolvedPlot,
  type ResolvedStage,
  type StageFile,
} from '../template/index.ts';
import {
  type DeclaringFiles,
  type LoadOptions,
  loadDeclaringFiles,
  noManifest,
  readDvcManifest,
  readNativeManifest,
} from './load-files.ts';
import { openManifestMemo } from './manifest-memo.ts';
import { type ProjectFiles, workspaceFiles } from './project-files.ts';

export interface Pipeline {
  /** What declares stages, in the order in which it was found: a manifest may have none. */
  readonly files: readonly StageFile[];
  /** The top-level lists of all manifests. */
  readonly top: TopLists;
  readonly graph: StageGraph;
  readonly lock: ProjectLock;
  /** Every file that was read or looked for, and the directories in which discovery looked; relative to the root. */
  readonly sources: readonly string[];
}

/** Paths are relative to the root. */
export interface TopLists {
  readonly params: readonly ResolvedFile[];
  readonly metrics: readonly ResolvedFile[];
  readonly plots: readonly ResolvedPlot[];
}

type Loaded = Result<Pipeline, readonly Diagnostic[]>;

export function loadPipeline(
  fs: FileSystem,
  project: Project,
  isIgnored: IsIgnored,
  { parsing, isUnchecked, isPassedOver }: Pick<LoadOptions, 'parsing' | 'isUnchecked' | 'isPassedOver'>,
): Loaded {
  const memo = openManifestMemo(fs, stateDirectory(project), parsing);
  return loadPipelineFrom(project, workspaceFiles(fs, project, isIgnored), {
    namesIn: namesUnder(fs, project.root),
    memo,
    parsing,
    isUnchecked,
    isPassedOver,
  });
}

/** The same from other files than those of the workspace: those of a commit, say. */
export function loadPipelineFrom(project: Project, files: ProjectFiles, options: LoadOptions): Loaded {
  const texts = new Map<string, string | undefined>();
  const readText = (path: string): string | undefined => {
    if (!texts.has(path)) texts.set(path, files.readText(path));
    return texts.get(path);
  };
  const loaded = loadDeclaringFiles(project, { ...files, readText }, options);
  if (!loaded.ok) return loaded;
  options.memo?.save();
  const stages = stagesOf(loaded.value, project);
  const graph = buildGraph(stages, {
    isUnchecked: options.isUnchecked === true && project.dialect === 'dvc',
    emptyTargets: loaded.value.declarations.flatMap((each) => emptyTargetsOf(each, project)),
  });
  if (!graph.ok) return graph;
  const lock = readLocks(loaded.value, stages, readText);
  if (!lock.ok) return lock;
  const manifests = loaded.value.declarations.filter(isManifest);
  return ok({
    files: loaded.value.declarations.map((each) => fileFrom(fileOf(each), project.cwd)),
    top: {
      params: manifests.flatMap(({ params }) => params),
      metrics: manifests.flatMap(({ metrics }) => metrics),
      plots: manifests.flatMap(({ plots }) => plots),
    },
    graph: graph.value,
    lock: lock.value,
    sources: [...texts.keys(), ...loaded.value.directories, ...files.rules()],
  });
}

const isManifest = (each: ResolvedManifest | Source): each is ResolvedManifest => 'stages' in each;

const fileOf = (each: ResolvedManifest | Source): StageFile =>
  isManifest(each) ? each.file : each.stage.file;

/** By their addresses as seen from the working directory; in a native project there is one manifest, named by no path. */
function stagesOf({ declarations }: DeclaringFiles, { dialect, cwd }: Project): readonly ResolvedStage[] {
  const seenFrom = dialect === 'dvc' ? cwd : '.';
  return declarations.flatMap((each) => addressed(isManifest(each) ? each.stages : [each.stage], seenFrom));
}

/** Of a manifest, as seen from the working directory. */
function emptyTargetsOf(each: ResolvedManifest | Source, { dialect, cwd }: Project): readonly string[] {
  if (!isManifest(each)) return [];
  const { address } = fileFrom(each.file, dialect === 'dvc' ? cwd : '.');
  const prefix = address.includes('/') ? `${address}:` : '';
  return [...(each.stages.length === 0 ? [address] : []), ...each.emptyGroups.map((name) => prefix + name)];
}

function readLocks(
  { declarations }: DeclaringFiles,
  stages: readonly ResolvedStage[],
  readText: ProjectFiles['readText'],
): Result<ProjectLock, readonly Diagnostic[]> {
  const locks = new Map<string, Lockfile>();
  const sources = new Map<string, LockEntry>();
  const errors: Diagnostic[] = [];
  for (const each of declarations) {
    if (!isManifest(each)) {
      sources.set(each.stage.file.path, each.entry);
      continue;
    }
    const path = each.file.lock;
    const text = readText(path);
    const lock = text === undefined ? ok(EMPTY_LOCK) : parseLock({ path, text });
    if (lock.ok) locks.set(path, lock.value);
    else errors.push(...lock.error);
  }
  if (errors.length > 0) return err(errors);
  const entries = new Map<string, LockEntry>();
  for (const { name, localName, file } of stages) {
    const entry =
      file.kind === 'source' ? sources.get(file.path) : locks.get(file.lock)?.entries.get(localName);
    if (entry !== undefined) entries.set(name, entry);
  }
  return ok({ entries, files: locks });
}

/** The manifest that commands edit: the native one, or the `dvc.yaml` of a directory. */
export function loadManifest(
  fs: FileSystem,
  project: Project,
  path: string,
): Result<Manifest, readonly Diagnostic[]> {
  const { readText } = workspaceFiles(fs, project, () => false);
  if (project.dialect === 'native') return readNativeManifest(project, readText);
  const text = readText(path);
  return text === undefined ? err([noManifest(project, undefined)]) : readDvcManifest({ path, text });
}

/** @param path Relative to the root. @returns Undefined where there is no such file. */
export const readProjectText = (fs: FileSystem, project: Project, path: string): string | undefined =>
  workspaceFiles(fs, project, () => false).readText(path);

/** Only the stages: neither their edges nor the locks are looked at. */
export function loadStages(
  fs: FileSystem,
  project: Project,
  isIgnored: IsIgnored,
): Result<readonly ResolvedStage[], readonly Diagnostic[]> {
  const files = workspaceFiles(fs, project, isIgnored);
  const loaded = loadDeclaringFiles(project, files, {});
  return loaded.ok ? ok(stagesOf(loaded.value, project)) : loaded;
}

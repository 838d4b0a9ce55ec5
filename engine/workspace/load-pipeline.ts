/**
 * From a project's files to its stage graph and lock, with every error of the first phase that has any.
 *
 * @module
 */

import { posix } from 'node:path';
import { err, type FileSystem, ok, type Result } from '../../cache/index.ts';
import { type Diagnostic, type NamesIn, namesUnder, type SourceFile } from '../core/index.ts';
import { buildGraph, type StageGraph } from '../graph/index.ts';
import { EMPTY_LOCK, type Lockfile, parseLock } from '../lockfile/index.ts';
import { type Manifest, readManifest } from '../manifest/index.ts';
import { type Project, stateDirectory } from '../project/index.ts';
import { type ResolvedManifest, type ResolvedStage, resolveStages } from '../template/index.ts';
import { type ManifestMemo, openManifestMemo } from './manifest-memo.ts';

export interface Pipeline {
  readonly manifest: ResolvedManifest;
  readonly graph: StageGraph;
  readonly lock: Lockfile;
  /** Every file that was read or looked for, relative to the root. */
  readonly sources: readonly string[];
}

/** The text of a file, by its path relative to the root; undefined where there is none. */
export type ReadText = (path: string) => string | undefined;

export function loadPipeline(fs: FileSystem, project: Project): Result<Pipeline, readonly Diagnostic[]> {
  const memo = openManifestMemo(fs, stateDirectory(project));
  return loadPipelineFrom(project, textsOf(fs, project), namesUnder(fs, project.root), memo);
}

/** The same from other files than those of the workspace: those of a commit, say. */
export function loadPipelineFrom(
  project: Project,
  read: ReadText,
  namesIn?: NamesIn,
  memo?: ManifestMemo,
): Result<Pipeline, readonly Diagnostic[]> {
  const texts = new Map<string, string | undefined>();
  const readText = (path: string): string | undefined => {
    if (!texts.has(path)) texts.set(path, read(path));
    return texts.get(path);
  };
  const remembered = memo?.recall(readText);
  const resolved = remembered === undefined ? resolveProject(project, readText, namesIn) : ok(remembered);
  if (!resolved.ok) return resolved;
  if (remembered === undefined) memo?.remember(resolved.value, texts);
  const graph = buildGraph(resolved.value.stages);
  if (!graph.ok) return graph;
  const lockText = readText(project.lockName);
  const lock =
    lockText === undefined ? ok(EMPTY_LOCK) : parseLock({ path: project.lockName, text: lockText });
  if (!lock.ok) return lock;
  return ok({ manifest: resolved.value, graph: graph.value, lock: lock.value, sources: [...texts.keys()] });
}

function resolveProject(
  project: Project,
  readText: ReadText,
  namesIn?: NamesIn,
): Result<ResolvedManifest, readonly Diagnostic[]> {
  const manifest = readProjectManifest(project, readText);
  if (!manifest.ok) return manifest;
  return resolveStages(manifest.value, { readText, defaultParams: project.paramsName, namesIn });
}

export function loadManifest(fs: FileSystem, project: Project): Result<Manifest, readonly Diagnostic[]> {
  return readProjectManifest(project, textsOf(fs, project));
}

/** Only the stages: neither their edges nor the lock are looked at. */
export function loadStages(
  fs: FileSystem,
  project: Project,
): Result<readonly ResolvedStage[], readonly Diagnostic[]> {
  const readText = textsOf(fs, project);
  const resolved = resolveProject(project, readText);
  return resolved.ok ? ok(resolved.value.stages) : resolved;
}

function readProjectManifest(project: Project, readText: ReadText): Result<Manifest, readonly Diagnostic[]> {
  const text = readText(project.manifestName);
  const other = project.dialect === 'native' ? 'dvc.yaml' : 'dvc-like.yaml';
  const otherText = readText(other);
  if (text === undefined) return err([noManifest(project, otherText === undefined ? undefined : other)]);
  if (otherText !== undefined) return err([twoManifests(project, { path: other, text: otherText })]);
  return readManifest({ path: project.manifestName, text }, project.dialect, '.');
}

const textsOf =
  (fs: FileSystem, project: Project): ReadText =>
  (path) => {
    const full = posix.join(project.root, path);
    return fs.stat(full)?.kind === 'file' ? fs.readFile(full).toString('utf8') : undefined;
  };

const noManifest = (project: Project, other: string | undefined): Diagnostic => ({
  code: 'E_NO_MANIFEST',
  message: `There is no "${project.manifestName}" in ${project.root}`,
  hint:
    other === undefined
      ? `create "${project.manifestName}" with a "stages:" mapping`
      : `this is a ${project.dialect === 'dvc' ? 'DVC repository: rename' : 'project of dvc-like: rename'} "${other}" to "${project.manifestName}"`,
});

const twoManifests = (project: Project, other: SourceFile): Diagnostic => ({
  code: 'E_TWO_MANIFESTS',
  message: `Both "${project.manifestName}" and "${other.path}" are in ${project.root}`,
  place: { file: other, range: { start: 0, end: 0 } },
  hint:
    project.dialect === 'dvc'
      ? `this is a DVC repository (.dvc/): remove "${other.path}"`
      : `this is a project of dvc-like (no .dvc/): remove "${other.path}"`,
});

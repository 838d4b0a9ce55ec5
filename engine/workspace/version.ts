/**
 * A version of the project: the workspace, or what a commit holds. What git does not have of it, the lock names and the
 * cache may have.
 *
 * @module
 */

import { join, posix } from 'node:path';
import {
  type Digest,
  err,
  type FileSystem,
  isTreeDigest,
  type ObjectStore,
  ok,
  openObjectStore,
  openStatMemo,
  type Result,
} from '../../cache/index.ts';
import { ancestors, type Diagnostic, fromRoot } from '../core/index.ts';
import {
  type Config,
  type ConfigDirectories,
  openIgnoreRules,
  openRevision,
  type Project,
  readConfig,
  stateDirectory,
} from '../project/index.ts';
import { loadCommitted } from './load-committed.ts';
import { loadPipelineFrom, type Pipeline } from './load-pipeline.ts';
import { workspaceFiles } from './project-files.ts';

export interface Version {
  /** `workspace`, or the revision as it was asked for. */
  readonly name: string;
  /** Undefined where the commit has no manifest. */
  readonly pipeline: Pipeline | undefined;
  /** @param path Relative to the root. */
  readonly read: (path: string) => VersionedFile;
  /** The same of a file that is no text. */
  readonly readBytes: (path: string) => VersionedBytes;
  /** The files below a directory, relative to the root and sorted; none where the path is none. */
  readonly filesBelow: (path: string) => readonly string[];
}

export type VersionedFile = { readonly kind: 'text'; readonly text: string } | AbsentFile;

export type VersionedBytes = { readonly kind: 'bytes'; readonly bytes: Buffer } | AbsentFile;

type AbsentFile =
  | { readonly kind: 'missing' }
  /** The lock names it, but the cache does not have it. */
  | { readonly kind: 'not-cached'; readonly digest: Digest };

export const WORKSPACE = 'workspace';

/** Where the files of a version are themselves, without those of the cache. */
interface Source {
  readonly readFile: (path: string) => Buffer | undefined;
  readonly filesBelow: (path: string) => readonly string[];
}

/**
 * @param name A revision of git, or `workspace`.
 * @param needs `files`: a pipeline that is broken counts as none.
 */
export function openVersion(
  fs: FileSystem,
  project: Project,
  name: string,
  configDirectories: ConfigDirectories,
  needs: 'pipeline' | 'files' = 'pipeline',
): Result<Version, readonly Diagnostic[]> {
  const config = readConfig(fs, project, configDirectories);
  if (!config.ok) return config;
  const revision = name === WORKSPACE ? ok(undefined) : openRevision(project.root, name);
  if (!revision.ok) return err([revision.error]);
  const { parsing } = config.value;
  const pipeline =
    revision.value === undefined
      ? loadPipelineFrom(project, workspaceFiles(fs, project, openIgnoreRules(project).isIgnored), {
          parsing,
        })
      : loadCommitted(project, revision.value, { parsing });
  if (!pipeline.ok && needs === 'pipeline') return pipeline;
  const source = revision.value ?? filesOnDisk(fs, project);
  return ok(versionOf(fs, project, config.value, name, source, pipeline.ok ? pipeline.value : undefined));
}

function versionOf(
  fs: FileSystem,
  project: Project,
  config: Config,
  name: string,
  source: Source,
  pipeline: Pipeline | undefined,
): Version {
  const store = openObjectStore({
    fs,
    directory: join(config.cache.directory, 'files', 'md5'),
    memo: openStatMemo(fs, join(stateDirectory(project), 'stat-memo')),
  });
  const outs = recordedOuts(pipeline, project);
  const readBytes = (path: string): VersionedBytes => {
    const bytes = source.readFile(path);
    if (bytes !== undefined) return { kind: 'bytes', bytes };
    const digest = recordedFile(store, outs, path);
    if (digest === undefined) return { kind: 'missing' };
    if (isTreeDigest(digest) || !store.has(digest)) return { kind: 'not-cached', digest };
    return { kind: 'bytes', bytes: fs.readFile(store.pathOf(digest)) };
  };
  return {
    name,
    pipeline,
    readBytes,
    read: (path) => {
      const file = readBytes(path);
      return file.kind === 'bytes' ? { kind: 'text', text: file.bytes.toString('utf8') } : file;
    },
    filesBelow: (path) => {
      const files = source.filesBelow(path);
      const digest = outs.get(path);
      if (files.length > 0 || digest === undefined || !isTreeDigest(digest)) return files;
      const tree = store.readTree(digest);
      return tree.ok ? tree.value.map((entry) => `${path}/${entry.path}`) : [];
    },
  };
}

/** Paths from the root to what the lock says of them. In a DVC repository git alone keeps what has `cache: false`. */
function recordedOuts(pipeline: Pipeline | undefined, { dialect }: Project): ReadonlyMap<string, Digest> {
  const outs = new Map<string, Digest>();
  for (const [name, entry] of pipeline?.lock.entries ?? []) {
    const stage = pipeline?.graph.stages.get(name);
    if (stage === undefined) continue;
    const isKept = (path: string): boolean =>
      dialect === 'native' || stage.outs.some((out) => out.path === path && out.cache);
    for (const { path, digest } of entry.outs) {
      if (digest !== undefined && isKept(path)) outs.set(fromRoot(stage.wdir, path), digest);
    }
  }
  return outs;
}

/** The digest of an out, or of a file in one; of the out itself where its tree is not known. */
function recordedFile(
  store: ObjectStore,
  outs: ReadonlyMap<string, Digest>,
  path: string,
): Digest | undefined {
  const own = outs.get(path);
  if (own !== undefined) return own;
  for (const directory of ancestors(path)) {
    const digest = outs.get(directory);
    if (digest === undefined) continue;
    const tree = store.readTree(digest);
    if (!tree.ok) return digest;
    return tree.value.find((entry) => `${directory}/${entry.path}` === path)?.digest;
  }
  return undefined;
}

function filesOnDisk(fs: FileSystem, project: Project): Source {
  const full = (path: string): string => posix.resolve(project.root, path);
  const filesBelow = (path: string): readonly string[] => {
    if (fs.stat(full(path))?.kind !== 'directory') return [];
    return fs
      .readDirectory(full(path))
      .map(({ name }) => `${path}/${name}`)
      .sort()
      .flatMap((each) => (fs.stat(full(each))?.kind === 'file' ? [each] : filesBelow(each)));
  };
  return {
    readFile: (path) => (fs.stat(full(path))?.kind === 'file' ? fs.readFile(full(path)) : undefined),
    filesBelow,
  };
}

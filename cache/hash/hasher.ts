/**
 * The hasher: what stands at a path, by content.
 *
 * @module
 */

import { type Digest, type FileHash, type FileStat, type FileSystem, isSystemError } from '../core/index.ts';
import { ContentError } from './content-error.ts';
import type { ContentState, TreeEntry } from './content-state.ts';
import { hashBatch, type StattedFile } from './hash-batch.ts';
import type { StatMemo } from './stat-memo.ts';
import { sortTree, treeBytes, treeDigest } from './tree.ts';
import { type FoundFile, type IsIgnored, type WalkOptions, walkFiles } from './walk.ts';

export interface Hasher {
  /**
   * Links are followed; a dangling link at `path` itself is `missing`.
   *
   * @throws {ContentError} If the content cannot be told.
   */
  observe(path: string): ContentState;
  /** The same for many paths, sharing the work out over all cores when there is much of it. */
  observeAll(paths: Iterable<string>): Map<string, ContentState>;
}

/** What was found at a path before anything is read. */
type Finding =
  | { readonly kind: 'missing' }
  | { readonly kind: 'file'; readonly file: StattedFile }
  | { readonly kind: 'tree'; readonly files: readonly FoundFile[] };

export function createHasher(options: {
  readonly fs: FileSystem;
  readonly memo: StatMemo;
  /** Only asked about what is inside a directory, never about the observed path itself. */
  readonly isIgnored: IsIgnored;
  /** A file of this name may not be inside a directory. */
  readonly refusedName?: string;
  /** Of the store that files may be linked from: a link to an object that is gone is a file that is gone. */
  readonly linkedFrom?: string;
}): Hasher {
  const { fs, memo } = options;

  const observeAll = (paths: Iterable<string>): Map<string, ContentState> => {
    const findings = new Map<string, Finding>();
    const files = new Map<string, StattedFile>();
    for (const path of paths) {
      const finding = explaining(path, () => find(fs, path, options));
      findings.set(path, finding);
      for (const file of filesOf(finding)) files.set(file.path, file);
    }
    const batch = [...files.values()];
    const hashes = explaining(batch[0]?.path ?? '', () => hashBatch(fs, memo, batch));
    const hashOf = new Map(batch.map((file, i) => [file.path, hashes[i]!]));
    return new Map([...findings].map(([path, finding]) => [path, stateOf(finding, hashOf)]));
  };

  return { observe: (path) => observeAll([path]).get(path)!, observeAll };
}

function find(fs: FileSystem, path: string, options: WalkOptions): Finding {
  const stat = fs.stat(path);
  if (stat === undefined) return { kind: 'missing' };
  if (stat.kind === 'file') return { kind: 'file', file: { path, stat } };
  if (stat.kind === 'directory') return { kind: 'tree', files: walkFiles(fs, path, options) };
  throw new ContentError('special-file', path);
}

function filesOf(finding: Finding): readonly StattedFile[] {
  if (finding.kind === 'missing') return [];
  if (finding.kind === 'file') return [finding.file];
  return finding.files.map(({ absolutePath, stat }) => ({ path: absolutePath, stat }));
}

function stateOf(finding: Finding, hashOf: ReadonlyMap<string, FileHash>): ContentState {
  if (finding.kind === 'missing') return finding;
  if (finding.kind === 'file') {
    const { path, stat } = finding.file;
    return { kind: 'file', ...hashOf.get(path)!, isExecutable: isExecutable(stat) };
  }
  const state = treeState(
    finding.files.map(({ path, absolutePath }) => ({ path, ...hashOf.get(absolutePath)! })),
  );
  const executables = finding.files.filter(({ stat }) => isExecutable(stat)).map(({ path }) => path);
  return executables.length > 0 ? { ...state, executables } : state;
}

/** DVC's `isexec`: any of the execute bits. */
export const isExecutable = (stat: FileStat): boolean => (stat.mode & 0o111) !== 0;

type TreeState = Extract<ContentState, { readonly kind: 'tree' }>;

/** The state of a tree with these entries, in whatever order; every size is known. */
function treeState(entries: readonly Required<TreeEntry>[]): TreeState {
  const sorted = sortTree(entries);
  return knownTree(treeDigest(treeBytes(sorted)), sorted);
}

/** @param entries In code-point order of their paths. */
export const knownTree = (digest: Digest, entries: readonly Required<TreeEntry>[]): TreeState => ({
  kind: 'tree',
  digest,
  sizeBytes: entries.reduce((sum, entry) => sum + entry.sizeBytes, 0),
  fileCount: entries.length,
  entries,
});

function explaining<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (!isSystemError(error)) throw error;
    const culprit = 'path' in error && typeof error.path === 'string' ? error.path : path;
    throw new ContentError('unreadable', culprit, { cause: error });
  }
}

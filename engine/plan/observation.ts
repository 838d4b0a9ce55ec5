/**
 * What planning sees of the world, as a port: contents, parameters, code, cache.
 *
 * @module
 */

import type { ContentState, Digest, Result, TreeEntry, Value } from '../../cache/index.ts';
import type { Diagnostic, NamesIn } from '../core/index.ts';
import type { LockEntry } from '../lockfile/index.ts';
import type { ResolvedParams, ResolvedStage } from '../template/index.ts';

export interface Observer {
  /** What stands at a path (seen from the root) of the workspace now. */
  readonly content: (path: string) => ContentState;
  /** The names in a directory (seen from the root) of the workspace; for suggestions. */
  readonly namesIn: NamesIn;
  /** The values of a stage's params; those of a whole file for `all`. Missing ones are reported. */
  readonly params: (
    stage: ResolvedStage,
    params: ResolvedParams,
  ) => Result<ReadonlyMap<string, Value>, readonly Diagnostic[]>;
  /** The fingerprint of a module. */
  readonly code: (module: string) => Result<string, readonly Diagnostic[]>;
  /** DVC 2's digest of what stands at a path (seen from the root); undefined where nothing does. */
  readonly legacy: (path: string) => Digest | undefined;
  /** Whether DVC 2's cache holds the content of such a digest, whole and right. */
  readonly isLegacyCached: (digest: Digest) => boolean;
  /** Whether the cache holds the content, whole and right. */
  readonly isCached: (digest: Digest) => boolean;
  /** The members of a tree in the cache. */
  readonly tree: (digest: Digest) => readonly TreeEntry[] | undefined;
  /** What the run cache knows to come of these inputs: newest first, each with all its outs in the cache. */
  readonly runs: (stage: ResolvedStage, inputs: StageInputs) => readonly LockEntry[];
}

/** A stage's identity and inputs as they are now: all of its lock entry but the outs. */
export type StageInputs = Omit<LockEntry, 'outs'>;

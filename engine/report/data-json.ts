/**
 * Changes of data as JSON, in DVC's shape.
 *
 * @module
 */

import {
  type DataChange,
  type DataComparison,
  type DataStatus,
  itemOf,
  type TrackedItem,
} from '../data/index.ts';

/** A directory ends with `/`. */
const shownPath = ({ path, isDirectory }: TrackedItem): string => (isDirectory ? `${path}/` : path);

interface Shown {
  readonly path: string | { readonly old: string; readonly new: string };
  readonly hash?: string | null | { readonly old: string | null; readonly new: string | null };
}

export type ShownComparison = Readonly<Record<string, readonly Shown[]>>;

/** Nothing at all where nothing differs. */
export function comparisonJson(
  { changes, notCached }: DataComparison,
  { withHash, withMissing }: { readonly withHash: boolean; readonly withMissing: boolean },
): ShownComparison {
  if (changes.length === 0 && notCached.length === 0) return {};
  const shown = (change: DataChange): Shown => {
    const { path, hash } = shownChange(change);
    return withHash ? { path, hash } : { path };
  };
  const of = (kind: DataChange['kind']): readonly Shown[] =>
    changes.filter((change) => change.kind === kind).map(shown);
  const missing = notCached.map((item) => shown({ kind: 'deleted', was: item }));
  return {
    added: of('added'),
    deleted: of('deleted'),
    modified: of('modified'),
    renamed: of('renamed'),
    ...(withMissing ? { 'not in cache': missing } : {}),
  };
}

function shownChange(change: DataChange): Required<Shown> {
  switch (change.kind) {
    case 'added':
      return { path: shownPath(change.is), hash: change.is.digest ?? null };
    case 'deleted':
      return { path: shownPath(change.was), hash: change.was.digest ?? null };
    case 'renamed':
      return {
        path: { old: shownPath(change.was), new: shownPath(change.is) },
        hash: change.was.digest ?? null,
      };
    case 'modified':
    case 'unchanged':
    case 'unknown':
      return {
        path: shownPath((change.was ?? change.is)!),
        hash: { old: change.was?.digest ?? null, new: change.is?.digest ?? null },
      };
  }
}

type ShownChanges = Readonly<
  Record<string, readonly (string | { readonly old: string; readonly new: string })[]>
>;

export interface ShownStatus {
  readonly not_in_cache?: readonly string[];
  readonly not_in_remote?: readonly string[];
  readonly committed?: ShownChanges;
  readonly uncommitted?: ShownChanges;
  readonly untracked?: readonly string[];
  readonly unchanged?: readonly string[];
}

/** What is shown only where somebody asked for it: else empty. */
export interface AskedFor {
  readonly notInRemote: readonly TrackedItem[];
  readonly untracked: readonly string[];
  readonly withUnchanged: boolean;
}

/** Without what is empty. */
export function dataStatusJson(
  status: DataStatus,
  { notInRemote, untracked, withUnchanged }: AskedFor,
): ShownStatus {
  const parts = {
    not_in_cache: status.notCached.map(shownPath),
    not_in_remote: notInRemote.map(shownPath),
    committed: changesJson(status.committed),
    uncommitted: changesJson(status.uncommitted),
    untracked,
    unchanged: withUnchanged ? status.unchanged.map(shownPath) : [],
  };
  return Object.fromEntries(Object.entries(parts).filter(([, part]) => Object.keys(part).length > 0));
}

function changesJson(changes: readonly DataChange[]): ShownChanges {
  const shown: Record<string, (string | { readonly old: string; readonly new: string })[]> = {};
  for (const change of changes) {
    const item =
      change.kind === 'renamed'
        ? { old: shownPath(change.was), new: shownPath(change.is) }
        : shownPath(itemOf(change));
    (shown[change.kind] ??= []).push(item);
  }
  return shown;
}

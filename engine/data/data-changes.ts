/**
 * How the data of two times differs, path by path.
 *
 * @module
 */

import { compareCodePoints, type Digest } from '../../cache/index.ts';
import { isInside } from '../core/index.ts';
import type { FlatData, TrackedItem } from './tracked-data.ts';

export type DataChange =
  | { readonly kind: 'added'; readonly is: TrackedItem }
  | { readonly kind: 'deleted'; readonly was: TrackedItem }
  | { readonly kind: 'modified' | 'unchanged'; readonly was: TrackedItem; readonly is: TrackedItem }
  | { readonly kind: 'renamed'; readonly was: TrackedItem; readonly is: TrackedItem }
  /** In a directory of which one of the two times is not known. */
  | { readonly kind: 'unknown'; readonly was: TrackedItem | undefined; readonly is: TrackedItem | undefined };

export type Compare = (was: TrackedItem | undefined, is: TrackedItem | undefined) => Compared;
type Compared = 'added' | 'deleted' | 'modified' | 'unchanged' | 'nothing';

/** By what is there: an out of which nothing is recorded is there too. */
export const byPresence: Compare = (was, is) => {
  if (isUnmadeDirectory(was) || isUnmadeDirectory(is)) return 'nothing';
  if (was === undefined || is === undefined) return was === undefined ? 'added' : 'deleted';
  return was.digest === is.digest && was.isDirectory === is.isDirectory ? 'unchanged' : 'modified';
};

const isUnmadeDirectory = (item: TrackedItem | undefined): boolean =>
  item?.isDirectory === true && item.digest === undefined;

/** By what is recorded: an out of which nothing is recorded is not there. */
export const byDigest: Compare = (was, is) => {
  if (was?.digest === undefined) return is?.digest === undefined ? 'nothing' : 'added';
  if (is?.digest === undefined) return 'deleted';
  return was.digest === is.digest ? 'unchanged' : 'modified';
};

/** In the order of paths; renames behind all others. */
export function dataChanges(was: FlatData, is: FlatData, compare: Compare): readonly DataChange[] {
  const unknown = [...was.unknown, ...is.unknown];
  const paths = [...new Set([...was.items.keys(), ...is.items.keys()])].sort(compareCodePoints);
  const changes = paths.flatMap((path): readonly DataChange[] => {
    const [before, after] = [was.items.get(path), is.items.get(path)];
    if (unknown.some((directory) => isInside(path, directory)))
      return [{ kind: 'unknown', was: before, is: after }];
    const kind = compare(before, after);
    switch (kind) {
      case 'nothing':
        return [];
      case 'added':
        return [{ kind, is: after! }];
      case 'deleted':
        return [{ kind, was: before! }];
      case 'modified':
      case 'unchanged':
        return [{ kind, was: before ?? after!, is: after ?? before! }];
    }
  });
  return withRenames(changes);
}

/** What was deleted here and added there, each used once, the first paths first. */
function withRenames(changes: readonly DataChange[]): readonly DataChange[] {
  const deleted = new Map<Digest, DataChange[]>();
  for (const change of [...changes].sort(byParts))
    if (change.kind === 'deleted' && change.was.digest !== undefined)
      deleted.set(change.was.digest, [...(deleted.get(change.was.digest) ?? []), change]);
  const gone = new Set<DataChange>();
  const renames: DataChange[] = [];
  for (const change of [...changes].sort(byParts)) {
    if (change.kind !== 'added' || change.is.digest === undefined) continue;
    const from = deleted.get(change.is.digest)?.shift();
    if (from?.kind !== 'deleted') continue;
    gone.add(from).add(change);
    renames.push({ kind: 'renamed', was: from.was, is: change.is });
  }
  return [...changes.filter((change) => !gone.has(change)), ...renames];
}

/** Where it is, or was. */
export const itemOf = (change: DataChange): TrackedItem => {
  if (change.kind === 'deleted') return change.was;
  return change.kind === 'unknown' ? (change.is ?? change.was)! : change.is;
};

export const pathOf = (change: DataChange): string => itemOf(change).path;

function byParts(a: DataChange, b: DataChange): number {
  const [x, y] = [pathOf(a).split('/'), pathOf(b).split('/')];
  const at = x.findIndex((part, i) => part !== y[i]);
  if (at === -1) return x.length - y.length;
  return y[at] === undefined ? 1 : compareCodePoints(x[at]!, y[at]);
}

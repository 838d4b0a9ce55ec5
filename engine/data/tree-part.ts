/**
 * A directory of which one part is recorded anew, the rest as it was.
 *
 * @module
 */

import {
  type ContentState,
  err,
  isTreeDigest,
  ok,
  type Result,
  treeBytes,
  treeDigest,
} from '../../cache/index.ts';
import type { Diagnostic } from '../core/index.ts';
import type { LockPath } from '../lockfile/index.ts';
import type { Workspace } from '../workspace/index.ts';

export interface WithPart {
  readonly state: ContentState;
  readonly locked: LockPath;
  readonly tree: Buffer;
}

/**
 * @param before What is recorded of the directory; its tree is in the cache.
 * @param part Relative to it.
 * @param state What is at the part now; where it is missing, it is taken out.
 * @returns The size is only told where it can be without the other members, as DVC does.
 */
export function withPart(
  workspace: Workspace,
  before: LockPath,
  part: string,
  state: ContentState,
): Result<WithPart, Diagnostic> {
  const { digest } = before;
  const known = digest !== undefined && isTreeDigest(digest) ? workspace.store.readTree(digest) : undefined;
  if (known?.ok !== true) return err(noTree(before));
  const others = known.value.filter(({ path }) => path !== part && !path.startsWith(`${part}/`));
  const isAppended = others.length === known.value.length;
  if (state.kind === 'missing' && isAppended) return err(noPart(before, part));
  const own =
    state.kind === 'tree'
      ? state.entries.map((entry) => ({ ...entry, path: `${part}/${entry.path}` }))
      : state.kind === 'file'
        ? [{ path: part, digest: state.digest }]
        : [];
  const entries = [...others, ...own];
  const tree = treeBytes(entries);
  const next = treeDigest(tree);
  const isSame = next === digest;
  const sum =
    isAppended && before.sizeBytes !== undefined && state.kind !== 'missing'
      ? before.sizeBytes + state.sizeBytes
      : undefined;
  return ok({
    state,
    tree,
    locked: {
      path: before.path,
      digest: next,
      sizeBytes: isSame ? before.sizeBytes : sum,
      fileCount: entries.length,
      isExecutable: false,
    },
  });
}

const noTree = ({ path, digest }: LockPath): Diagnostic => ({
  code: 'E_NOT_CACHED',
  message: `Cannot update a part of "${path}": what it was is not in the cache${digest === undefined ? '' : `: ${digest}`}`,
  hint: 'bring it here with "dvc-like fetch", or add the whole directory',
});

const noPart = ({ path }: LockPath, part: string): Diagnostic => ({
  code: 'E_NO_SUCH_FILE',
  message: `There is no "${part}" in "${path}", and there was none`,
  hint: 'paths are relative to the working directory',
});

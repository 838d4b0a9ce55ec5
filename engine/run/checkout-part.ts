/**
 * A part of a directory out, brought back without the rest of it.
 *
 * @module
 */

import { posix } from 'node:path';
import { type Digest, err, ok, type Result } from '../../cache/index.ts';
import type { Diagnostic } from '../core/index.ts';
import type { ResolvedOut, ResolvedStage } from '../template/index.ts';
import type { Workspace } from '../workspace/index.ts';
import { objectErrorText } from './object-error-text.ts';
import { absolute, isInPart, outsideError, restoreFailure } from './outs.ts';

/** @param part A path relative to the out. @param digest Of the out, a tree. */
export function checkoutPart(
  workspace: Workspace,
  stage: ResolvedStage,
  out: ResolvedOut,
  digest: Digest,
  part: string,
): Result<'restored' | 'unchanged', Diagnostic> {
  const { fs, hasher, store, isIgnored } = workspace;
  const outside = outsideError(workspace, stage, out);
  if (outside !== undefined) return err(outside);
  const tree = store.readTree(digest);
  if (!tree.ok) return err(restoreFailure(stage, out, objectErrorText(tree.error)));
  const target = absolute(workspace, stage, out.path);
  const current = hasher.observe(target);
  const has = new Map(
    current.kind === 'tree' ? current.entries.map((entry) => [entry.path, entry.digest]) : [],
  );
  const wanted = tree.value.filter(({ path }) => isInPart(path, part));
  const isWanted = new Set(wanted.map(({ path }) => path));
  const leaving = [...has.keys()].filter((path) => isInPart(path, part) && !isWanted.has(path));
  for (const path of leaving) fs.remove(posix.join(target, path));
  const missing = wanted.filter((entry) => has.get(entry.path) !== entry.digest);
  for (const entry of missing) {
    const path = posix.join(target, entry.path);
    const done = store.checkout(entry.digest, path, { isExecutable: false, isIgnored });
    if (!done.ok) return err(restoreFailure(stage, out, objectErrorText(done.error)));
  }
  return ok(leaving.length + missing.length === 0 ? 'unchanged' : 'restored');
}

/**
 * The details of a change: what differs inside the file, the tree, the command or the code.
 *
 * @module
 */

import { type Digest, isTreeDigest } from '../../../cache/index.ts';
import { fromRoot } from '../../core/index.ts';
import type { Change } from '../../plan/index.ts';
import type { ResolvedStage } from '../../template/index.ts';
import type { Contents } from '../../workspace/index.ts';
import { contentDiff, textDiff, treeDiff } from './content-diff.ts';

/** @returns Lines to stand under the change's own; none where nothing more is known. */
export function changeDetail(change: Change, stage: ResolvedStage, contents: Contents): readonly string[] {
  if (change.kind === 'command-changed') {
    const isLong = change.was.includes('\n') || change.is.includes('\n');
    return isLong ? textDiff(`${change.was}\n`, `${change.is}\n`) : [];
  }
  if ((change.kind === 'dep-changed' || change.kind === 'out-changed') && change.was !== undefined) {
    return pathDetail(change.was, change.is, fromRoot(stage.wdir, change.path), contents);
  }
  return change.kind === 'code-changed' ? codeDetail(change, contents) : [];
}

function pathDetail(was: Digest, is: Digest, path: string, contents: Contents): readonly string[] {
  if (isTreeDigest(was) && isTreeDigest(is)) {
    const [before, after] = [contents.tree(was, path), contents.tree(is, path)];
    return before === undefined || after === undefined ? [] : treeDiff(before, after);
  }
  return contentDiff(contents.file(was, path), contents.file(is, path));
}

/** The sources that differ, each with its diff. A comment's edit shows here too, if something else changed the code. */
function codeDetail(
  change: Extract<Change, { kind: 'code-changed' }>,
  contents: Contents,
): readonly string[] {
  const before = contents.sources(change.module, change.was);
  const after = contents.sources(change.module, change.is);
  if (before === undefined || after === undefined) return [];
  const paths = [...new Set([...before.keys(), ...after.keys()])].sort();
  return paths.flatMap((path) => {
    const was = before.get(path);
    const is = after.get(path);
    if (was === is) return [];
    if (was === undefined) return [`${path} is new`];
    if (is === undefined) return [`${path} is no longer used`];
    return [`${path}:`, ...contentDiff(contents.file(was, path), contents.file(is, path))];
  });
}

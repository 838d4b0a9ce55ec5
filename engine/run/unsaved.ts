/**
 * What a checkout would lose: files that are not as the lock says and that the cache does not have either.
 *
 * @module
 */

import { type Digest, isTreeDigest, type TreeEntry } from '../../cache/index.ts';
import type { Diagnostic } from '../core/index.ts';
import type { ResolvedOut, ResolvedStage } from '../template/index.ts';
import type { Workspace } from '../workspace/index.ts';
import { isInPart } from './checkout-part.ts';
import { absolute } from './outs.ts';

/**
 * @param digest What the out is to be; undefined: nothing that is known.
 * @param relink Also what is as the lock says is taken away, to be linked anew.
 * @param parts Paths in the out that alone are brought back; none: all of it.
 * @see DVC 3.67.1, dvc/repo/checkout.py, `_check_can_delete`
 */
export function unsavedError(
  workspace: Workspace,
  stage: ResolvedStage,
  out: ResolvedOut,
  digest: Digest | undefined,
  { relink, parts }: { readonly relink: boolean; readonly parts: readonly string[] },
): Diagnostic | undefined {
  const { hasher, store } = workspace;
  const current = hasher.observe(absolute(workspace, stage, out.path));
  if (current.kind === 'missing') return undefined;
  const kept = relink || digest === undefined ? new Map<string, Digest>() : filesOf(workspace, digest);
  const entries: readonly TreeEntry[] =
    current.kind === 'tree' ? current.entries : [{ path: '', digest: current.digest }];
  const isMeant = (path: string): boolean => parts.length === 0 || parts.some((part) => isInPart(path, part));
  const leaving = entries.filter(({ path, digest: own }) => isMeant(path) && kept.get(path) !== own);
  const lacking = new Set(store.lacking(leaving.map((entry) => entry.digest)));
  const lost = leaving.filter((entry) => lacking.has(entry.digest)).map(({ path }) => path);
  return lost.length === 0 ? undefined : unsaved(stage, out, current.kind === 'tree' ? lost : []);
}

/** What the out consists of once it is restored: of a file its digest, under no name. None of a tree that is not there. */
function filesOf({ store }: Workspace, digest: Digest): ReadonlyMap<string, Digest> {
  if (!isTreeDigest(digest)) return new Map([['', digest]]);
  const tree = store.readTree(digest);
  return new Map(tree.ok ? tree.value.map((entry) => [entry.path, entry.digest]) : []);
}

const SHOWN = 3;

function unsaved(stage: ResolvedStage, out: ResolvedOut, files: readonly string[]): Diagnostic {
  const rest = files.length - SHOWN;
  const named = files.slice(0, SHOWN).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
  const what = files.length === 0 ? 'what it holds' : named;
  return {
    code: 'E_UNSAVED',
    message: `Restoring out "${out.path}" of "${stage.name}" would lose ${what}, which neither the lock nor the cache has`,
    place: out.place,
    hint: `keep it with "dvc-like commit ${stage.name}", or give it up with "--force"`,
  };
}

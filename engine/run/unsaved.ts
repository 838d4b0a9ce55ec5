/**
 * What a checkout would lose: files that are not as the lock says and that the cache does not have either.
 *
 * @module
 */

import { type ContentState, type Digest, isTreeDigest, type TreeEntry } from '../../cache/index.ts';
import type { Diagnostic } from '../core/index.ts';
import type { LockPath } from '../lockfile/index.ts';
import type { ResolvedOut, ResolvedStage } from '../template/index.ts';
import type { Workspace } from '../workspace/index.ts';
import { absolute, isIn } from './outs.ts';

/**
 * @param locked What the out is to be; undefined: nothing that is known.
 * @param relink Also what is as the lock says is taken away, to be linked anew.
 * @param parts Paths in the out that alone are brought back; none: all of it.
 * @see DVC 3.67.1, dvc/repo/checkout.py, `_check_can_delete`
 */
export function unsavedError(
  workspace: Workspace,
  stage: ResolvedStage,
  out: ResolvedOut,
  locked: LockPath | undefined,
  { relink, parts }: { readonly relink: boolean; readonly parts: readonly string[] },
): Diagnostic | undefined {
  const path = absolute(workspace, stage, out.path);
  const current = workspace.hasher.observe(path);
  if (current.kind === 'missing') return undefined;
  const { digest, legacy } = locked ?? {};
  const cache = legacy === undefined ? cacheOf(workspace) : legacyCacheOf(workspace);
  const wanted = digest ?? legacy;
  const kept = relink || wanted === undefined ? new Map<string, Digest>() : filesOf(cache, wanted);
  const entries = cache.entriesAt(path, current);
  const isMeant = isIn(parts);
  const leaving = entries.filter(({ path, digest: own }) => isMeant(path) && kept.get(path) !== own);
  const lacking = new Set(cache.lacking(leaving.map((entry) => entry.digest)));
  const lost = leaving.filter((entry) => lacking.has(entry.digest)).map(({ path }) => path);
  return lost.length === 0 ? undefined : unsaved(stage, out, current.kind === 'tree' ? lost : []);
}

/** What the out consists of once it is restored: of a file its digest, under no name. None of a tree that is not there. */
function filesOf({ readTree }: Cache, digest: Digest): ReadonlyMap<string, Digest> {
  if (!isTreeDigest(digest)) return new Map([['', digest]]);
  return new Map(readTree(digest).map((entry) => [entry.path, entry.digest]));
}

/** One of the two kinds of digests, with the cache of its objects. */
interface Cache {
  /** Of what stands at a path; of a file its digest, under no name. */
  readonly entriesAt: (
    path: string,
    current: Exclude<ContentState, { kind: 'missing' }>,
  ) => readonly TreeEntry[];
  /** Empty where the tree is not there. */
  readonly readTree: (digest: Digest) => readonly TreeEntry[];
  readonly lacking: (digests: readonly Digest[]) => readonly Digest[];
}

const cacheOf = ({ store }: Workspace): Cache => ({
  entriesAt: (_, current) =>
    current.kind === 'tree' ? current.entries : [{ path: '', digest: current.digest }],
  readTree: (digest) => {
    const tree = store.readTree(digest);
    return tree.ok ? tree.value : [];
  },
  lacking: (digests) => store.lacking(digests),
});

const legacyCacheOf = ({ legacy }: Workspace): Cache => ({
  entriesAt: (path) => legacy.membersAt(path) ?? [{ path: '', digest: legacy.digestOf(path)! }],
  readTree: (digest) => legacy.readTree(digest) ?? [],
  lacking: (digests) => digests.filter((digest) => !legacy.has(digest)),
});

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

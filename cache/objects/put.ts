/**
 * Workspace -> store.
 *
 * An object takes its name only when its bytes are right and on the device: copied beside, hashed again, made
 * read-only, synced, renamed, and the directory synced. Members come before the directory object that names them.
 *
 * @module
 */

import { join } from 'node:path';
import {
  bytesDigest,
  type Digest,
  err,
  type FileStat,
  type FileSystem,
  isErrno,
  isTemporaryName,
  ok,
  type Result,
} from '../core/index.ts';
import { type ContentState, letSettle, treeBytes, treeDigest } from '../hash/index.ts';
import { isWorthMemory } from './many-small.ts';
import { catchIo, type ObjectError } from './object-error.ts';
import { objectPath, type StoreParts } from './store-parts.ts';
import { verifyObjects } from './verify.ts';

/** A file of the workspace on its way into the store. */
interface Transfer {
  readonly source: string;
  readonly digest: Digest;
  readonly temporary: string;
}

/** A temporary file of the store whose content has been verified. */
interface Written {
  readonly digest: Digest;
  readonly temporary: string;
  /** Where it is known already. */
  readonly stat?: FileStat;
}

/** More files than this are synced by one call for the whole file system. */
const MAX_SINGLE_SYNCS = 32;

/**
 * @param isMeant Of a tree, which of its members.
 * @throws {RangeError} If `state` is `missing`, or a tree whose digest is not that of its entries.
 */
export function putContent(
  parts: StoreParts,
  path: string,
  state: ContentState,
  isMeant: (member: string) => boolean = () => true,
): Result<Digest, ObjectError> {
  if (state.kind === 'missing') throw new RangeError(`Nothing to put: "${path}"`);
  const { digest } = state;
  return catchIo(path, () => {
    if (state.kind === 'file') return andThen(putFiles(parts, [[path, digest]]), digest);
    const bytes = treeBytes(state.entries);
    if (treeDigest(bytes) !== digest) throw new RangeError(`Not the digest of these entries: "${digest}"`);
    const members = putFiles(
      parts,
      state.entries
        .filter((entry) => isMeant(entry.path))
        .map((entry) => [`${path}/${entry.path}`, entry.digest]),
    );
    if (!members.ok) return members;
    putTree(parts, digest, bytes);
    return ok(digest);
  });
}

const andThen = <T>(result: Result<unknown, ObjectError>, value: T): Result<T, ObjectError> =>
  result.ok ? ok(value) : result;

function putFiles(
  parts: StoreParts,
  files: readonly (readonly [source: string, digest: Digest])[],
): Result<undefined, ObjectError> {
  const { fs, directory } = parts;
  const present = verifyObjects(
    parts,
    files.map(([, digest]) => digest),
  );
  const sources = new Map(
    files.filter(([, digest]) => !present.has(digest)).map(([path, digest]) => [digest, path]),
  );
  if (sources.size === 0) return ok(undefined);
  fs.makeDirectory(directory);
  removeStale(fs, directory);
  const temporaries: string[] = [];
  try {
    const transfers = [...sources].map(([digest, source]): Transfer => {
      const temporary = fs.temporaryPath(directory);
      temporaries.push(temporary);
      return { source, digest, temporary };
    });
    const copied = copySources(parts, transfers);
    if (!copied.ok) return copied;
    place(parts, copied.value);
    temporaries.length = 0;
    return ok(undefined);
  } finally {
    for (const temporary of temporaries) fs.remove(temporary);
  }
}

/** Makes the temporary files, read-only and with the contents that are wanted. */
function copySources(
  parts: StoreParts,
  transfers: readonly Transfer[],
): Result<readonly Written[], ObjectError> {
  const { fs, directory } = parts;
  const isThroughMemory = isWorthMemory(
    fs,
    transfers.map(({ source }) => source),
    directory,
  );
  const written: Written[] = [];
  const unverified: Transfer[] = [];
  for (const transfer of transfers) {
    const { source, digest, temporary } = transfer;
    try {
      const copy = isThroughMemory ? fs.copySmall(source, temporary, 0o444) : undefined;
      if (copy === undefined) {
        fs.copyFile(source, temporary);
        unverified.push(transfer);
      } else if (copy.digest === digest) {
        written.push({ digest, temporary, stat: copy.stat });
      } else {
        return err({ kind: 'changed-meanwhile', path: source, was: digest, is: copy.digest });
      }
    } catch (error) {
      if (isErrno(error, 'ENOENT') && fs.stat(source) === undefined) {
        return err({ kind: 'missing-source', path: source });
      }
      throw error;
    }
  }
  const wrong = verifyCopies(parts, unverified);
  if (wrong !== undefined) return err(wrong);
  for (const { temporary } of unverified) fs.chmod(temporary, 0o444);
  return ok([...written, ...unverified]);
}

/** Hashes the copies; what a file's stat was before it was copied is then known to be of that digest. */
function verifyCopies({ fs }: StoreParts, transfers: readonly Transfer[]): ObjectError | undefined {
  const hashes = fs.hashFiles(
    transfers.map(({ temporary }) => ({ path: temporary, sizeBytes: fs.lstat(temporary)?.sizeBytes ?? 0 })),
  );
  for (const [i, { source, digest }] of transfers.entries()) {
    const is = hashes[i]!.digest;
    if (is !== digest) return { kind: 'changed-meanwhile', path: source, was: digest, is };
  }
  return undefined;
}

function putTree(parts: StoreParts, digest: Digest, bytes: Uint8Array): void {
  const { fs, directory } = parts;
  if (verifyObjects(parts, [digest]).has(digest)) return;
  fs.makeDirectory(directory);
  const temporary = fs.temporaryPath(directory);
  try {
    fs.createFile(temporary, bytes, 0o444);
    place(parts, [{ digest, temporary }]);
  } finally {
    fs.remove(temporary);
  }
}

/** @param files In the store's directory, verified by whoever made them. */
export function adoptFiles(
  parts: StoreParts,
  files: readonly { readonly digest: Digest; readonly temporary: string }[],
): void {
  if (files.length === 0) return;
  for (const { temporary } of files) parts.fs.chmod(temporary, 0o444);
  place(parts, files);
}

/** Syncs, renames, syncs the directories. What is in the temporary files has been verified. */
function place(parts: StoreParts, transfers: readonly Written[]): void {
  const { fs, memo, directory } = parts;
  const isMany = transfers.length > MAX_SINGLE_SYNCS;
  const sync = (paths: Iterable<string>): void => {
    if (isMany && fs.syncAll(directory)) return;
    for (const path of paths) fs.sync(path);
  };
  sync(transfers.map(({ temporary }) => temporary));
  const stats = transfers.map(({ temporary, stat }) => stat ?? fs.lstat(temporary)!);
  letSettle(
    fs,
    stats.map(({ sizeBytes, mtimeNs }) => ({ sizeBytes, stampNs: mtimeNs })),
  );
  const placedAtNs = fs.clockNs();
  const directories = new Set<string>();
  for (const { temporary, digest } of transfers) {
    const path = objectPath(parts, digest);
    const parent = path.slice(0, path.lastIndexOf('/'));
    if (!directories.has(parent)) fs.makeDirectory(parent);
    directories.add(parent);
    fs.rename(temporary, path);
    const stat = fs.lstat(path);
    if (stat !== undefined) memo.setPlaced(path, stat, bytesDigest(digest), placedAtNs);
  }
  sync([...directories, directory]);
}

const DAY_NS = 86_400_000_000_000n;

/** Removes what killed processes left behind, a day later: another process may be writing. */
function removeStale(fs: FileSystem, directory: string): void {
  for (const { name } of fs.readDirectory(directory)) {
    if (!isTemporaryName(name)) continue;
    const path = join(directory, name);
    const stat = fs.lstat(path);
    if (stat !== undefined && stat.ctimeNs + DAY_NS < fs.clockNs()) fs.remove(path);
  }
}

/**
 * Directory objects: the list of a tree's files, in the very bytes that DVC 3 writes, so that equal trees have equal
 * digests in both.
 *
 * A directory object may come from a stranger. What `parseTree` lets through can be joined to a directory without
 * leaving it.
 *
 * @module
 */

import { createHash } from 'node:crypto';
import {
  asDigest,
  compareCodePoints,
  type Digest,
  err,
  isDigest,
  isTreeDigest,
  ok,
  type Result,
} from '../core/index.ts';
import type { TreeEntry } from './content-state.ts';

/** The directory object: `json.dumps` of Python over the entries sorted by path, no line break. */
export function treeBytes(entries: readonly TreeEntry[]): Buffer {
  const items = sortTree(entries).map(
    (entry) => `{"md5": "${entry.digest}", "relpath": ${quoteAscii(entry.path)}}`,
  );
  return Buffer.from(`[${items.join(', ')}]`, 'latin1');
}

/** The digest of a tree whose directory object has these bytes. */
export const treeDigest = (bytes: Uint8Array): Digest =>
  asDigest(`${createHash('md5').update(bytes).digest('hex')}.dir`);

/** In code-point order of the paths. */
export function sortTree<Entry extends TreeEntry>(entries: readonly Entry[]): readonly Entry[] {
  const needsCodePoints = entries.some((entry) => /[\ud800-\uffff]/.test(entry.path));
  if (needsCodePoints) return entries.toSorted((a, b) => compareCodePoints(a.path, b.path));
  return entries.toSorted((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

const quoteAscii = (text: string): string =>
  JSON.stringify(text).replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** Entries in code-point order; the error says what is wrong with the directory object. */
export function parseTree(bytes: Uint8Array): Result<readonly TreeEntry[], string> {
  let json: unknown;
  try {
    json = JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return err('not JSON');
  }
  if (!Array.isArray(json)) return err('not a list');
  const entries: TreeEntry[] = [];
  for (const item of json as readonly unknown[]) {
    const entry = parseEntry(item);
    if (!entry.ok) return entry;
    entries.push(entry.value);
  }
  const conflict = findConflict(entries);
  return conflict === undefined ? ok(sortTree(entries)) : err(`two entries for "${conflict}"`);
}

function parseEntry(item: unknown): Result<TreeEntry, string> {
  if (typeof item !== 'object' || item === null || !('md5' in item) || !('relpath' in item)) {
    return err('an entry lacks "md5" or "relpath"');
  }
  const { md5, relpath } = item;
  if (typeof md5 !== 'string' || !isDigest(md5) || isTreeDigest(md5))
    return err('an "md5" is not a file digest');
  if (typeof relpath !== 'string' || !isSafeRelativePath(relpath)) {
    return err(`unsafe path ${JSON.stringify(relpath)}`);
  }
  return ok({ path: relpath, digest: md5 });
}

/** Stays inside the directory that it is joined to, and can be a file's name. */
function isSafeRelativePath(path: string): boolean {
  if (path.includes('\0') || /\p{Surrogate}/u.test(path)) return false;
  return path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
}

/** A path that stands twice, or both as a file and as a directory of others. */
function findConflict(entries: readonly TreeEntry[]): string | undefined {
  const files = new Set<string>();
  for (const { path } of entries) {
    if (files.has(path)) return path;
    files.add(path);
  }
  for (const { path } of entries) {
    for (let slash = path.indexOf('/'); slash !== -1; slash = path.indexOf('/', slash + 1)) {
      const parent = path.slice(0, slash);
      if (files.has(parent)) return parent;
    }
  }
  return undefined;
}

/**
 * Digests: the names of contents.
 *
 * A file's digest is the MD5 of its bytes, 32 lower-case hex digits. A tree's is the MD5 of its directory object
 * with `.dir` behind it, as DVC 3 writes both.
 *
 * @module
 */

declare const digestBrand: unique symbol;

/** `[0-9a-f]{32}` for a file, with `.dir` behind it for a tree. */
export type Digest = string & { readonly [digestBrand]: true };

const DIGEST = /^[0-9a-f]{32}(?:\.dir)?$/;

export const isDigest = (text: string): text is Digest => DIGEST.test(text);

export const isTreeDigest = (digest: Digest): boolean => digest.endsWith('.dir');

/** The digest of an object's bytes: its own for a file, that of the directory object for a tree. */
export const bytesDigest = (digest: Digest): Digest => digest.slice(0, 32) as Digest;

/** @throws {RangeError} If `text` is not a digest. */
export function asDigest(text: string): Digest {
  if (!isDigest(text)) throw new RangeError(`Not a digest: "${text}"`);
  return text;
}

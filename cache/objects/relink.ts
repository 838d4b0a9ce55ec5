/**
 * Links what was put into the store as the store's link types say, where it stands.
 *
 * @module
 */

import { dirname, join } from 'node:path';
import { type FileSystem, ok, type Result } from '../core/index.ts';
import type { ContentState } from '../hash/index.ts';
import { checkoutContent } from './checkout.ts';
import { catchIo, type ObjectError } from './object-error.ts';
import { placeFiles, type Wanted } from './place.ts';
import type { StoreParts } from './store-parts.ts';
import { verifyObjects } from './verify.ts';

/**
 * Where files are copied, only links are replaced, by copies; a file that is itself what was observed gets its mode.
 *
 * @param state What stands at `path`; all of it is in the store.
 */
export function relinkContent(
  parts: StoreParts,
  path: string,
  state: Exclude<ContentState, { readonly kind: 'missing' }>,
): Result<undefined, ObjectError> {
  const isExecutable = state.kind === 'file' && state.isExecutable;
  const isCopied = parts.linkTypes.every((type) => type === 'reflink' || type === 'copy');
  if (!isCopied || !parts.linkTypes.includes('copy')) {
    const placed = checkoutContent(parts, state.digest, path, { isExecutable, relink: 'links' });
    return placed.ok ? ok(undefined) : placed;
  }
  return catchIo(path, () => {
    const { fs } = parts;
    const mode = isExecutable ? 0o744 : 0o644;
    const links = state.kind === 'file' ? linkedFile(fs, path, state) : linksInTree(fs, path, state.entries);
    const right = verifyObjects(
      parts,
      links.map(({ digest }) => digest),
    );
    const placed = placeFiles(
      parts,
      dirname(path),
      links.filter(({ digest }) => right.has(digest)),
      mode,
    );
    if (state.kind === 'file' && fs.lstat(path)?.mode !== mode) fs.chmod(path, mode);
    return placed;
  });
}

function linkedFile(
  fs: FileSystem,
  target: string,
  { digest, sizeBytes }: Omit<Wanted, 'target'>,
): readonly Wanted[] {
  const entry = fs.lstat(target);
  return entry?.kind === 'symlink' || (entry?.linkCount ?? 1) > 1 ? [{ target, digest, sizeBytes }] : [];
}

/** Symbolic ones alone: to see hard ones, each file would have to be looked at. */
function linksInTree(
  fs: FileSystem,
  root: string,
  entries: Extract<ContentState, { readonly kind: 'tree' }>['entries'],
): readonly Wanted[] {
  const directories = new Set(entries.map(({ path }) => dirname(join(root, path))));
  const links = new Set(
    [...directories].flatMap((directory) =>
      fs
        .readDirectory(directory)
        .flatMap(({ name, kind }) => (kind === 'symlink' ? [join(directory, name)] : [])),
    ),
  );
  if (links.size === 0) return [];
  return entries.flatMap(({ path, digest, sizeBytes = 0 }) => {
    const target = join(root, path);
    return links.has(target) ? [{ target, digest, sizeBytes }] : [];
  });
}

/**
 * Saves a text that a person wrote and that was edited for them.
 *
 * @module
 */

import { type FileSystem, writeFileAtomic } from '../../cache/index.ts';

/** Replaces an existing file atomically. It keeps its mode; a link to it stays one. @param path Absolute. */
export function saveText(fs: FileSystem, path: string, text: string): void {
  const target = fs.realPath(path);
  writeFileAtomic(fs, target, text, fs.stat(target)?.mode ?? 0o644);
}

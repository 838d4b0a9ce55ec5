/**
 * Takes stages and groups out of the text of a manifest; all else stays as it is written.
 *
 * @module
 */

import { ok, type Result } from '../../cache/index.ts';
import type { Diagnostic } from '../core/index.ts';
import { entryOf, removeValue, setValue } from '../values/index.ts';
import type { Manifest } from './manifest.ts';

/**
 * @param keys Of the manifest's `stages`; each is there.
 * @returns The new text; undefined where nothing else was in the manifest.
 */
export function removeStages(
  manifest: Manifest,
  keys: readonly string[],
): Result<string | undefined, readonly Diagnostic[]> {
  const section = entryOf(manifest.root, 'stages')?.value;
  const count = section?.kind === 'map' ? section.entries.length : 0;
  if (keys.length === count && manifest.root.entries.length === 1) return ok(undefined);
  if (keys.length === count) {
    const emptied = setValue(manifest.file, ['stages'], { value: new Map() });
    return emptied.ok ? ok(emptied.value.text) : emptied;
  }
  let { text } = manifest.file;
  for (const key of keys) {
    const edited = removeValue({ path: manifest.file.path, text }, ['stages', key]);
    if (!edited.ok) return edited;
    text = edited.value.text;
  }
  return ok(text);
}

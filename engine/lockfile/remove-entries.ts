/**
 * Takes entries out of the text of a lock; the others stay as they are written.
 *
 * @module
 */

import { isMap, ok, type Result } from '../../cache/index.ts';
import type { Diagnostic, SourceFile } from '../core/index.ts';
import { readYaml, removeValue, toValue } from '../values/index.ts';

/**
 * @param names Of stages, in the lock or not.
 * @returns The new text; undefined where no entry is left.
 */
export function removeEntries(
  file: SourceFile,
  names: readonly string[],
): Result<string | undefined, readonly Diagnostic[]> {
  const read = readYaml(file);
  if (!read.ok) return read;
  const root = toValue(read.value);
  const stages = isMap(root) ? root.get('stages') : undefined;
  const entries = stages !== undefined && isMap(stages) ? [...stages.keys()] : [];
  const gone = entries.filter((name) => names.includes(name));
  if (gone.length === 0) return ok(file.text);
  if (gone.length === entries.length) return ok(undefined);
  let { text } = file;
  for (const name of gone) {
    const edited = removeValue({ path: file.path, text }, ['stages', name]);
    if (!edited.ok) return edited;
    text = edited.value.text;
  }
  return ok(text);
}

/**
 * Freezes a `.dvc` file, or lets it go, in place.
 *
 * @module
 */

import { ok, type Result } from '../../cache/index.ts';
import type { Diagnostic, SourceFile } from '../core/index.ts';
import { removeValue, setValue } from '../values/index.ts';
import { readSource } from './read-source.ts';

/** @returns The new text. */
export function freezeSource(file: SourceFile, frozen: boolean): Result<string, readonly Diagnostic[]> {
  const source = readSource(file);
  if (!source.ok) return source;
  if (source.value.stage.frozen === frozen) return ok(file.text);
  const edited = frozen
    ? setValue(file, ['frozen'], { value: true })
    : // What DVC called it once.
      removeValue(file, [/^locked:/m.test(file.text) ? 'locked' : 'frozen']);
  return edited.ok ? ok(edited.value.text) : edited;
}

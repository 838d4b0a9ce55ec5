/**
 * Git's conflict markers: a file that has them is not YAML, and says so better than a parser could.
 *
 * @module
 */

import type { Diagnostic, SourceFile } from '../core/index.ts';

/** From a line of `<<<<<<<` to the next of `>>>>>>>`. */
const CONFLICT = /^<{7}(?: .*)?\r?\n[^]*?^>{7}(?: .*)?$/gm;

/** One diagnostic for each conflict, at its first marker. */
export function conflictMarkers(file: SourceFile): readonly Diagnostic[] {
  if (!file.text.includes('<<<<<<<')) return [];
  return [...file.text.matchAll(CONFLICT)].map((match) => ({
    code: 'E_CONFLICT_MARKERS',
    message: 'This file has unresolved conflict markers',
    place: { file, range: { start: match.index, end: match.index + match[0].search(/\r?\n/) } },
    hint: 'resolve the conflict, or take one side with "git checkout --ours" or "--theirs"',
  }));
}

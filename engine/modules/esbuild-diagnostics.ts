/**
 * What esbuild says of a module, as diagnostics that point into its source.
 *
 * @module
 */

import { resolve } from 'node:path';
import type { Location, Message } from 'esbuild';
import type { FileSystem } from '../../cache/index.ts';
import type { Diagnostic, Place, SourceFile } from '../core/index.ts';

export function moduleDiagnostics(
  fs: FileSystem,
  root: string,
  messages: readonly Message[],
): readonly Diagnostic[] {
  const texts = new Map<string, SourceFile | undefined>();
  return messages.map(({ text, location, notes }) => ({
    code: /^Could not resolve /.test(text) ? 'E_MODULE_NOT_FOUND' : 'E_MODULE_SYNTAX',
    message: text,
    place: location === null ? undefined : placeOf(fs, root, texts, location),
    hint: notes.find((note) => note.location === null)?.text,
  }));
}

function placeOf(
  fs: FileSystem,
  root: string,
  texts: Map<string, SourceFile | undefined>,
  location: Location,
): Place | undefined {
  let file = texts.get(location.file);
  if (file === undefined) {
    const path = resolve(root, location.file);
    if (fs.stat(path)?.kind !== 'file') return undefined;
    file = { path: location.file, text: fs.readFile(path).toString('utf8') };
    texts.set(location.file, file);
  }
  const lineStart = startOfLine(file.text, location.line);
  const start = lineStart + unitsIn(location.lineText, location.column);
  const end = lineStart + unitsIn(location.lineText, location.column + Math.max(1, location.length));
  return { file, range: { start: Math.min(start, file.text.length), end: Math.min(end, file.text.length) } };
}

/** esbuild counts bytes of UTF-8 within a line; a place counts UTF-16 units. */
const unitsIn = (line: string, bytes: number): number =>
  Buffer.from(line, 'utf8').subarray(0, bytes).toString('utf8').length;

function startOfLine(text: string, line: number): number {
  let start = 0;
  for (let i = 1; i < line; i++) {
    const end = text.indexOf('\n', start);
    if (end === -1) break;
    start = end + 1;
  }
  return start;
}

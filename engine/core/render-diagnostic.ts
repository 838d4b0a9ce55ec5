/**
 * Diagnostics as text, without colour:
 *
 * ```
 * error[E_UNKNOWN_KEY]: Unknown key "dep" in stage "train"
 *  --> dvc-like.yaml:7:5
 *   |
 * 7 |     dep: [clean.jsonl]
 *   |     ^^^
 *   = hint: did you mean "deps"?
 * ```
 *
 * @module
 */

import type { Diagnostic } from './diagnostic.ts';
import { lineAndColumn, lineAt } from './line-and-column.ts';
import type { Place } from './source-file.ts';
import { type Cell, cellsOf, withoutControls } from './terminal-text.ts';

/** A line of source takes at most so many columns; what is farther from the caret is cut. */
const MAX_COLUMNS = 100;

/** Lines, the last one without a line break. */
export function renderDiagnostic(diagnostic: Diagnostic): string {
  const { code, message, place, related = [], hint } = diagnostic;
  const places = place === undefined ? related : [{ message: '', place }, ...related];
  const gutter = ' '.repeat(Math.max(1, ...places.map((each) => String(firstLine(each.place)).length)));
  const lines = [`error[${code}]: ${withoutControls(message)}`];
  if (place !== undefined) lines.push(...renderPlace(place, gutter));
  for (const each of related) {
    lines.push(`${gutter} = note: ${withoutControls(each.message)}`, ...renderPlace(each.place, gutter));
  }
  if (hint !== undefined) lines.push(`${gutter} = hint: ${withoutControls(hint)}`);
  return lines.join('\n');
}

/** All of them, an empty line between two. */
export function renderDiagnostics(diagnostics: readonly Diagnostic[]): string {
  return diagnostics.map(renderDiagnostic).join('\n\n');
}

function renderPlace(place: Place, gutter: string): readonly string[] {
  const { line, column } = lineAndColumn(place.file, shownStart(place));
  const { source, underline } = excerpt(place, line);
  return [
    `${gutter}--> ${withoutControls(place.file.path)}:${line}:${column}`,
    `${gutter} |`,
    `${String(line).padStart(gutter.length)} | ${source}`.trimEnd(),
    `${gutter} | ${underline}`,
  ];
}

const firstLine = (place: Place): number => lineAndColumn(place.file, shownStart(place)).line;

/** A place at the very end is shown at the end of the last line that has something. */
function shownStart(place: Place): number {
  const { text } = place.file;
  return place.range.start < text.length ? place.range.start : text.trimEnd().length;
}

/** The line and the carets below it: at least one, none beyond the first line of the place. */
function excerpt(place: Place, line: number): { readonly source: string; readonly underline: string } {
  const { text, start } = lineAt(place.file, line);
  const from = Math.min(shownStart(place) - start, text.length);
  const to = Math.max(from, Math.min(place.range.end - start, text.length));
  const cut = around(cellsOf(text.slice(0, from)), cellsOf(text.slice(from, to)), cellsOf(text.slice(to)));
  return {
    source: cut.before + cut.marked + cut.after,
    underline: ' '.repeat(cut.beforeColumns) + '^'.repeat(Math.max(1, cut.markedColumns)),
  };
}

function around(before: readonly Cell[], marked: readonly Cell[], after: readonly Cell[]) {
  const total = columns(before) + columns(marked) + columns(after);
  if (total <= MAX_COLUMNS) {
    return {
      before: shown(before),
      beforeColumns: columns(before),
      marked: shown(marked),
      markedColumns: columns(marked),
      after: shown(after),
    };
  }
  const kept = upTo(marked, MAX_COLUMNS * 0.6);
  const spare = MAX_COLUMNS - columns(kept);
  const right = upTo(after, Math.max(spare / 2, spare - columns(before)));
  const left = upTo([...before].reverse(), spare - columns(right)).reverse();
  const prefix = left.length < before.length ? '…' : '';
  const isCut = kept.length < marked.length || right.length < after.length;
  return {
    before: prefix + shown(left),
    beforeColumns: prefix.length + columns(left),
    marked: shown(kept),
    markedColumns: columns(kept),
    after: kept.length < marked.length ? '…' : shown(right) + (isCut ? '…' : ''),
  };
}

/** The first cells that fit into so many columns. */
function upTo(cells: readonly Cell[], maxColumns: number): Cell[] {
  let used = 0;
  const end = cells.findIndex((cell) => (used += cell.columns) > maxColumns);
  return end === -1 ? [...cells] : cells.slice(0, end);
}

const columns = (cells: readonly Cell[]): number => cells.reduce((sum, cell) => sum + cell.columns, 0);

const shown = (cells: readonly Cell[]): string => cells.map((cell) => cell.shown).join('');

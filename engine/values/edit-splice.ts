/**
 * Splices: how an edit of one value changes a text. Everything outside of the replaced range stays, byte for byte.
 *
 * @module
 */

import type { Range } from '../core/index.ts';

export interface Splice extends Range {
  readonly text: string;
  /** What is edited has an anchor, or lies in what has one: values that refer to it change with it. */
  readonly isAnchored?: boolean;
}

export type Edit = { readonly kind: 'set'; readonly text: string } | { readonly kind: 'remove' };

/** Why a value cannot be edited. `depth` is how many parts of the path were found before. */
export type EditProblem =
  /** Nothing stands at the path's part, and it is not the last. */
  | { readonly kind: 'no-parent'; readonly depth: number; readonly known: readonly string[] }
  /** What stands before the path's part is a scalar, or a list without such an item. */
  | { readonly kind: 'no-place'; readonly depth: number; readonly range: Range }
  /** What stands before the path's part is an alias, or comes with `<<`: an edit would change other values too. */
  | { readonly kind: 'shared'; readonly depth: number; readonly range: Range }
  | { readonly kind: 'unsupported' };

export const spliced = (text: string, splice: Splice): string =>
  text.slice(0, splice.start) + splice.text + text.slice(splice.end);

/** An entry of a collection in brackets. */
export type Entry = Range;

/**
 * Adds an entry behind the last: on a line of its own where the last has one, else beside it.
 *
 * @param open Offset behind the opening bracket.
 * @param last The last entry; undefined where there is none.
 */
export function insertInBrackets(text: string, open: number, last: Entry | undefined, entry: string): Splice {
  if (last === undefined) return { start: open, end: open, text: entry };
  const lineStart = text.lastIndexOf('\n', last.start - 1) + 1;
  const indent = text.slice(lineStart, last.start);
  const rest = /^(,?)([ \t]*(?:#[^\r\n]*)?)(\r?\n)/.exec(text.slice(last.end));
  if (lineStart === 0 || rest === null || indent.trim() !== '') {
    return { start: last.end, end: last.end, text: `, ${entry}` };
  }
  const [, comma = '', blank = '', newline = ''] = rest;
  const end = last.end + comma.length + blank.length;
  return { start: last.end, end, text: `,${blank}${newline}${indent}${entry}${comma}` };
}

/** Removes an entry with the comma that parts it from its neighbour. */
export function removeFromBrackets(entries: readonly Entry[], index: number): Splice {
  const { start, end } = entries[index]!;
  const next = entries[index + 1];
  if (next !== undefined) return { start, end: next.start, text: '' };
  return { start: entries[index - 1]?.end ?? start, end, text: '' };
}

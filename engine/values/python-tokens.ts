/**
 * Python's source as logical lines of tokens: brackets, triple quotes and backslashes carry a line on.
 *
 * @see https://docs.python.org/3/reference/lexical_analysis.html
 * @module
 */

import { err, ok, type Result } from '../../cache/index.ts';
import type { Range } from '../core/index.ts';

export interface PythonToken {
  readonly kind: 'name' | 'number' | 'text' | 'operator';
  readonly text: string;
  readonly range: Range;
}

export interface LogicalLine {
  /** Columns before its first token. */
  readonly indent: number;
  readonly tokens: readonly PythonToken[];
}

export interface TokenError {
  readonly message: string;
  readonly range: Range;
}

const SPACE = /[ \t\f\r]+|\\\r?\n|#[^\n]*/y;
const STRING_START = /(?:[rR][bB]?|[bB][rR]?|[uU]|[fF][rR]?|[rR][fF])?("""|'''|"|')/y;
const NUMBER =
  /(?:0[xX][\da-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][-+]?\d[\d_]*)?)[jJ]?/y;
const NAME = /[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{Mn}\p{Mc}\p{Nd}\p{Pc}]*/uy;
const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

export function pythonLines(text: string): Result<readonly LogicalLine[], TokenError> {
  const lines: LogicalLine[] = [];
  const open: PythonToken[] = [];
  let tokens: PythonToken[] = [];
  let lineStart = text.startsWith('\ufeff') ? 1 : 0;
  const matchAt = (pattern: RegExp, at: number): RegExpExecArray | null => {
    pattern.lastIndex = at;
    return pattern.exec(text);
  };
  const endLine = (): void => {
    const first = tokens[0];
    if (first !== undefined) lines.push({ indent: columnsOf(text, lineStart, first.range.start), tokens });
    tokens = [];
  };
  let at = lineStart;
  while (at < text.length) {
    if (text[at] === '\n') {
      at += 1;
      if (open.length > 0) continue;
      endLine();
      lineStart = at;
      continue;
    }
    const space = matchAt(SPACE, at);
    if (space !== null) {
      at += space[0].length;
      continue;
    }
    const quote = matchAt(STRING_START, at);
    if (quote !== null) {
      const end = endOfString(text, at + quote[0].length, quote[1]!);
      if (end === undefined)
        return err({ message: 'This text is not closed', range: { start: at, end: at + quote[0].length } });
      tokens.push({ kind: 'text', text: text.slice(at, end), range: { start: at, end } });
      at = end;
      continue;
    }
    const number = matchAt(NUMBER, at);
    const name = number === null ? matchAt(NAME, at) : null;
    const [word, kind] =
      number !== null
        ? [number[0], 'number' as const]
        : name !== null
          ? [name[0], 'name' as const]
          : [text[at]!, 'operator' as const];
    const token: PythonToken = { kind, text: word, range: { start: at, end: at + word.length } };
    if (kind === 'operator') {
      if (word in CLOSING) open.push(token);
      if (')]}'.includes(word) && CLOSING[open.pop()?.text ?? ''] !== word) {
        return err({ message: `This "${word}" closes nothing`, range: token.range });
      }
    }
    tokens.push(token);
    at += word.length;
  }
  const unclosed = open[0];
  if (unclosed !== undefined)
    return err({ message: `This "${unclosed.text}" is not closed`, range: unclosed.range });
  endLine();
  return ok(lines);
}

/** @param start Behind the quotes. @returns Behind the closing ones; undefined where there are none. */
function endOfString(text: string, start: number, quotes: string): number | undefined {
  for (let i = start; i < text.length; i++) {
    if (text[i] === '\\') i += 1;
    else if (text.startsWith(quotes, i)) return i + quotes.length;
    else if (text[i] === '\n' && quotes.length === 1) return undefined;
  }
  return undefined;
}

/** A tab goes on to the next multiple of eight. */
function columnsOf(text: string, start: number, end: number): number {
  let columns = 0;
  for (let i = start; i < end; i++)
    columns = text[i] === '\t' ? (Math.floor(columns / 8) + 1) * 8 : columns + 1;
  return columns;
}

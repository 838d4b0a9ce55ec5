/**
 * The files that plots are drawn from: tables (CSV, TSV), data (JSON, YAML, TOML), images.
 *
 * @module
 */

import { posix } from 'node:path';
import { parse } from 'csv-parse/sync';
import { err, isList, isMap, ok, type Result, type Value, type ValueMap } from '../../cache/index.ts';
import type { Diagnostic } from '../core/index.ts';
import { readValues, toValue } from '../values/index.ts';
import { notCached, type Version, WORKSPACE } from '../workspace/index.ts';

export type PlotSource =
  | { readonly kind: 'data'; readonly content: Value }
  | { readonly kind: 'image'; readonly bytes: Buffer };

/** One of the things that are drawn: values by field, in the order of the file. */
export type Row = ValueMap;

const IMAGES: ReadonlySet<string> = new Set(['.jpg', '.jpeg', '.gif', '.png', '.svg']);

const DATA: ReadonlySet<string> = new Set(['.json', '.yaml', '.yml', '.toml']);

const DELIMITERS: ReadonlyMap<string, string> = new Map([
  ['.csv', ','],
  ['.tsv', '\t'],
]);

export const isImage = (path: string): boolean => IMAGES.has(posix.extname(path));

/**
 * @param path Relative to the root.
 * @param shown The same as a person sees it.
 * @param hasHeader Whether the first row of a table names its columns; without, they are called 0, 1, ...
 */
export function readSource(
  version: Version,
  path: string,
  shown: string,
  hasHeader: boolean,
): Result<PlotSource, Diagnostic> {
  const file = version.readBytes(path);
  if (file.kind === 'missing') return err(missing(version, shown));
  if (file.kind === 'not-cached') return err(notCached(version, shown, file.digest));
  const { bytes } = file;
  const ending = posix.extname(path);
  if (IMAGES.has(ending)) return ok({ kind: 'image', bytes });
  const delimiter = DELIMITERS.get(ending);
  if (delimiter !== undefined) {
    return ok({ kind: 'data', content: readTable(bytes.toString('utf8'), delimiter, hasHeader) });
  }
  if (!DATA.has(ending)) return err(notPlottable(shown));
  const read = readValues({ path: shown, text: bytes.toString('utf8') });
  return read.ok ? ok({ kind: 'data', content: toValue(read.value) }) : err(read.error[0]!);
}

/**
 * The rows of a table, its values as they are written. A row that is too short lacks the last columns; what is beyond the
 * named ones is left out.
 */
function readTable(text: string, delimiter: string, hasHeader: boolean): readonly Row[] {
  const records: readonly (readonly string[])[] = parse(text, {
    delimiter,
    bom: true,
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: true,
  });
  const [first = [], ...others] = records;
  const names = hasHeader ? first : first.map((_, i) => String(i));
  return (hasHeader ? others : records).map(
    (record) => new Map(names.map((name, i) => [name, record[i] ?? null])),
  );
}

/**
 * The rows of a file: of each list of mappings with the same keys that stands in it, not within another list, the i-th
 * make the i-th row together.
 */
export function rowsOf(content: Value): readonly Row[] {
  const rows: Map<string, Value>[] = [];
  for (const list of listsIn(content)) {
    if (!isRows(list)) continue;
    for (const [i, item] of list.entries()) {
      const row = (rows[i] ??= new Map());
      for (const [key, value] of item) row.set(key, value);
    }
  }
  return rows;
}

/** The last field of the first list of mappings: what is drawn where nothing is said. */
export function lastField(content: Value): string | undefined {
  for (const list of listsIn(content)) {
    const [first] = list;
    if (first !== undefined && isMap(first) && list.every(isMap)) return [...first.keys()].at(-1);
  }
  return undefined;
}

function* listsIn(content: Value): Generator<readonly Value[]> {
  if (isList(content)) yield content;
  else if (isMap(content)) {
    for (const item of content.values()) if (isList(item) || isMap(item)) yield* listsIn(item);
  }
}

function isRows(list: readonly Value[]): list is readonly Row[] {
  const [first] = list;
  if (first === undefined || !isMap(first)) return false;
  return list.every((item) => isMap(item) && [...item.keys()].every((key) => first.has(key)));
}

const missing = (version: Version, shown: string): Diagnostic => ({
  code: 'E_MISSING_PLOT_DATA',
  message: `There is no "${shown}" to draw in ${version.name === WORKSPACE ? 'the workspace' : `"${version.name}"`}`,
  hint: 'run "dvc-like repro" to make it, or correct the path',
});

const notPlottable = (shown: string): Diagnostic => ({
  code: 'E_PLOT_DATA',
  message: `Cannot draw "${shown}": its name says neither data nor image`,
  hint: `give it one of the endings ${[...DELIMITERS.keys(), ...DATA, ...IMAGES].join(' ')}`,
});

/**
 * Params and metrics as JSON, in the shape that DVC prints: lists in differences are texts, as Python writes them.
 *
 * @module
 */

import { Float, isList, isMap, pythonFloat, pythonJson, type Value } from '../../../cache/index.ts';
import type { Diagnostic } from '../../core/index.ts';
import type { ValueDiff } from '../../values/index.ts';
import { difference } from './number-text.ts';

export function diffJson(diffs: readonly ValueDiff[]): string {
  const files = new Map<string, Map<string, Value>>();
  for (const { path, key, was, is } of diffs) {
    const change = difference(was, is);
    const entry = new Map<string, Value>([
      ['old', plain(was)],
      ['new', plain(is)],
      ...(change === undefined ? [] : [['diff', change] as const]),
    ]);
    const file = files.get(path);
    if (file === undefined) files.set(path, new Map([[key, entry]]));
    else file.set(key, entry);
  }
  return pythonJson(files);
}

/** What one version of the project has of metrics. */
export type VersionMetrics =
  | {
      readonly kind: 'read';
      /** Empty where nobody asked for revisions. */
      readonly name: string;
      readonly trees: ReadonlyMap<string, Value>;
      /** Of files that have no tree. */
      readonly problems: readonly (Diagnostic & { readonly path: string })[];
    }
  | { readonly kind: 'unreadable'; readonly name: string; readonly problems: readonly Diagnostic[] };

/** Versions and files stay in their order. */
export const metricsJson = (versions: readonly VersionMetrics[]): string =>
  inOrder(versions.map((version) => [version.name, versionJson(version)]));

function versionJson(version: VersionMetrics): string {
  if (version.kind === 'unreadable') return pythonJson(errorValue(version.problems[0]!));
  const { trees, problems } = version;
  const files = [
    ...[...trees].map(([path, data]) => [path, pythonJson(new Map([['data', data]]))] as const),
    ...problems.map((problem) => [problem.path, pythonJson(errorValue(problem))] as const),
  ];
  return inOrder([['data', inOrder([...new Map(files)])]]);
}

/** @param entries Keys, and their values as JSON. */
const inOrder = (entries: readonly (readonly [key: string, json: string])[]): string =>
  `{${entries.map(([key, json]) => `${pythonJson(key)}: ${json}`).join(', ')}}`;

const errorValue = ({ code, message }: Diagnostic): Value =>
  new Map([
    [
      'error',
      new Map([
        ['type', code],
        ['msg', message],
      ]),
    ],
  ]);

const plain = (value: Value | undefined): Value =>
  value === undefined ? null : isList(value) ? pythonRepr(value) : value;

/** Python's `repr`. */
function pythonRepr(value: Value): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'string') return quoted(value);
  if (isList(value)) return `[${value.map(pythonRepr).join(', ')}]`;
  if (isMap(value))
    return `{${[...value].map(([key, item]) => `${quoted(key)}: ${pythonRepr(item)}`).join(', ')}}`;
  const number = value instanceof Float ? value.value : value;
  if (typeof number === 'bigint' || (Number.isInteger(number) && !(value instanceof Float)))
    return String(number);
  if (Number.isNaN(number)) return 'nan';
  return Number.isFinite(number) ? pythonFloat(number) : number > 0 ? 'inf' : '-inf';
}

function quoted(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text.replace(/[\\\p{Cc}]|'/gu, (character) =>
    character === "'" && quote === '"' ? character : (ESCAPES.get(character) ?? hexEscape(character)),
  );
  return `${quote}${escaped}${quote}`;
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['\\', '\\\\'],
  ["'", "\\'"],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);

const hexEscape = (character: string): string =>
  `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`;

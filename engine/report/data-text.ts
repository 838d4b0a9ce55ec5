/**
 * Changes of data as text, for people.
 *
 * @module
 */

import type { ShownComparison, ShownStatus } from './data-json.ts';
import type { Table } from './values/table-text.ts';

const STATES = ['added', 'deleted', 'renamed', 'modified', 'not in cache'] as const;

type Line = ShownComparison[string][number];

const pathText = ({ path }: Line): string => (typeof path === 'string' ? path : `${path.old} -> ${path.new}`);

const digits = (hash: string | null): string => (hash ?? '-').slice(0, 8);

const hashText = ({ hash }: Line): string =>
  hash === undefined || hash === null || typeof hash === 'string'
    ? digits(hash ?? '')
    : `${digits(hash.old)}..${digits(hash.new)}`;

/** Groups by what happened, and a line that counts files. */
export function comparisonText(comparison: ShownComparison): string {
  const groups = STATES.flatMap((state) => {
    const lines = comparison[state] ?? [];
    if (lines.length === 0) return [];
    const shown = lines.map((line) => `    ${line.hash ? `${hashText(line)}  ` : ''}${pathText(line)}\n`);
    return [`${state.charAt(0).toUpperCase()}${state.slice(1)}:\n${shown.join('')}`];
  });
  const counts = STATES.flatMap((state) => {
    const files = (comparison[state] ?? []).filter((line) => !pathText(line).endsWith('/')).length;
    return files === 0 ? [] : [`${files} ${state}`];
  });
  const summary = counts.length === 0 ? '' : `files summary: ${counts.join(', ')}\n`;
  return [...groups, summary].filter((part) => part !== '').join('\n');
}

export function comparisonTable(comparison: ShownComparison, withHash: boolean): Table {
  const rows = STATES.flatMap((state) =>
    (comparison[state] ?? []).map((line) => [state, ...(withHash ? [hashText(line)] : []), pathText(line)]),
  );
  return { header: ['Status', ...(withHash ? ['Hash'] : []), 'Path'], rows };
}

const LABELS = {
  not_in_cache: ['Not in the cache', 'bring it here with "dvc-like fetch"'],
  not_in_remote: ['Not in the remote', 'send it there with "dvc-like push"'],
  committed: ['Recorded since the last commit', 'commit the .dvc and lock files with git'],
  uncommitted: [
    'Changed in the workspace',
    '"dvc-like commit" records it, "dvc-like checkout" takes it back',
  ],
  untracked: ['Tracked neither by git nor here', undefined],
  unchanged: ['Unchanged', undefined],
} as const;

export function dataStatusText(status: ShownStatus): string {
  const groups = (Object.keys(LABELS) as (keyof typeof LABELS)[]).flatMap((key) => {
    const part = status[key];
    if (part === undefined) return [];
    const [label, hint] = LABELS[key];
    const lines = isList(part)
      ? part
      : Object.entries(part).flatMap(([kind, paths]) =>
          paths.map((path) => `${kind}: ${typeof path === 'string' ? path : `${path.old} -> ${path.new}`}`),
        );
    const head = hint === undefined ? `${label}:` : `${label} (${hint}):`;
    return [`${head}\n${lines.map((line) => `    ${line}\n`).join('')}`];
  });
  return groups.length === 0 ? 'No changes\n' : groups.join('\n');
}

const isList = (part: NonNullable<ShownStatus[keyof ShownStatus]>): part is readonly string[] =>
  Array.isArray(part);

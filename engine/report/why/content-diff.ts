/**
 * What changed in a content: a unified diff of a text, counts of anything else.
 *
 * @module
 */

import { structuredPatch } from 'diff';
import type { TreeEntry } from '../../../cache/index.ts';

/** Lines of a diff that are shown before the rest is counted. */
const MOST_LINES = 40;
/** Members of a tree that are named. */
const MOST_MEMBERS = 10;
const CONTEXT_LINES = 3;
const LARGEST_TEXT_BYTES = 256 * 1024;

/** Unified, without the file header. */
export function textDiff(before: string, after: string): readonly string[] {
  const { hunks } = structuredPatch('', '', before, after, undefined, undefined, { context: CONTEXT_LINES });
  const lines = hunks.flatMap((hunk) => [
    `@@ -${hunk.oldStart},${hunk.oldLines} +${hunk.newStart},${hunk.newLines} @@`,
    ...hunk.lines,
  ]);
  return lines.length <= MOST_LINES
    ? lines
    : [...lines.slice(0, MOST_LINES), `... and ${lines.length - MOST_LINES} more lines`];
}

export function contentDiff(before: Buffer | undefined, after: Buffer | undefined): readonly string[] {
  if (before === undefined || after === undefined) return [];
  const isText = [before, after].every((bytes) => bytes.length <= LARGEST_TEXT_BYTES && !bytes.includes(0));
  if (isText) return textDiff(before.toString('utf8'), after.toString('utf8'));
  return [`${rowsText(before)}${before.length} bytes before, ${rowsText(after)}${after.length} bytes now`];
}

/** Rows only where the content looks like lines. */
function rowsText(bytes: Buffer): string {
  if (bytes.subarray(0, 8192).includes(0)) return '';
  let rows = 0;
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) rows++;
  return `${rows} rows, `;
}

/** Members that came, went or changed, in the order of their paths. */
export function treeDiff(before: readonly TreeEntry[], after: readonly TreeEntry[]): readonly string[] {
  const was = new Map(before.map((entry) => [entry.path, entry.digest]));
  const is = new Map(after.map((entry) => [entry.path, entry.digest]));
  const changes = [
    ...after.flatMap(({ path, digest }) =>
      !was.has(path) ? [`+ ${path}`] : was.get(path) === digest ? [] : [`~ ${path}`],
    ),
    ...before.flatMap(({ path }) => (is.has(path) ? [] : [`- ${path}`])),
  ];
  return changes.length <= MOST_MEMBERS
    ? changes
    : [...changes.slice(0, MOST_MEMBERS), `... and ${changes.length - MOST_MEMBERS} more files`];
}

/**
 * A row of a foreign source, taken as a question or refused with the reason.
 *
 * @module
 */

import type { Question } from '../io/index.ts';

export type Usable =
  | { readonly kind: 'question'; readonly question: Question }
  | {
      readonly kind: 'refused';
      readonly why: string;
      /** When it was asked, where that could be read. */
      readonly creationDate: string | undefined;
    };

/** @param line JSON: an object with `id title body tags creationDate`, `site link license` where known. */
export function readRow(line: string): Usable {
  let row: unknown;
  try {
    row = JSON.parse(line);
  } catch (error) {
    if (error instanceof SyntaxError)
      return { kind: 'refused', why: 'it is not JSON', creationDate: undefined };
    throw error;
  }
  if (typeof row !== 'object' || row === null || Array.isArray(row)) {
    return { kind: 'refused', why: 'it is not an object', creationDate: undefined };
  }
  return readFields(row as Readonly<Record<string, unknown>>);
}

function readFields(row: Readonly<Record<string, unknown>>): Usable {
  const creationDate = readInstant(row['creationDate']);
  const refuse = (why: string): Usable => ({ kind: 'refused', why, creationDate });
  const { id, title, body } = row;
  if (!Number.isSafeInteger(id) || (id as number) < 0) return refuse('"id" is not a whole number');
  if (typeof title !== 'string' || title.trim() === '') return refuse('"title" is missing or empty');
  if (typeof body !== 'string') return refuse('"body" is missing');
  const tags = readTags(row['tags']);
  if (tags === undefined) return refuse('"tags" is not a list of at least one name');
  if (creationDate === undefined)
    return refuse('"creationDate" is not a date and time such as 2019-03-01T12:00:00Z');
  const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
  return {
    kind: 'question',
    question: {
      site: text(row['site']) ?? '',
      id: id as number,
      title,
      body,
      tags,
      creationDate,
      link: text(row['link']),
      license: text(row['license']),
    },
  };
}

function readTags(value: unknown): readonly string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const names = value.map((name) => (typeof name === 'string' ? name.normalize('NFC').trim() : ''));
  return names.length === 0 || names.includes('') ? undefined : [...new Set(names)];
}

const INSTANT = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:\.\d+)?(Z|[+-]\d\d:?\d\d)?$/;

/** To the second, in UTC: what names no zone is in UTC. */
function readInstant(value: unknown): string | undefined {
  const match = typeof value === 'string' ? INSTANT.exec(value) : null;
  if (match === null) return undefined;
  const milliseconds = Date.parse(`${match[1]!}T${match[2]!}${match[3] ?? 'Z'}`);
  return Number.isNaN(milliseconds) ? undefined : `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}

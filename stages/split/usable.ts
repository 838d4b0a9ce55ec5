/**
 * A row of a foreign source, taken as a question or refused with the reason.
 *
 * @module
 */

import type { Row } from './row.ts';

/** Values as a source gives them; what it does not have is `undefined`. */
export interface Fields {
  readonly id?: unknown;
  readonly title?: unknown;
  readonly body?: unknown;
  readonly tags?: unknown;
  readonly creationDate?: unknown;
  readonly site?: unknown;
  readonly link?: unknown;
  readonly license?: unknown;
}

/** @param line Of the input, where the row begins; counts from 1. */
export function readFields(row: Fields, line: number): Row {
  const creationDate = readInstant(row.creationDate);
  const { id, title, body } = row;
  const named = typeof id === 'string' || typeof id === 'number' ? String(id).slice(0, 100) : null;
  const refuse = (why: string): Row => ({ kind: 'refused', line, id: named, why, creationDate });
  if (!Number.isSafeInteger(id) || (id as number) < 0) return refuse('"id" is not a whole number');
  if (typeof title !== 'string' || title.trim() === '') return refuse('"title" is missing or empty');
  if (typeof body !== 'string') return refuse('"body" is missing');
  const tags = readTags(row.tags);
  if (tags === undefined) return refuse('"tags" is not a list of at least one name');
  if (creationDate === undefined)
    return refuse('"creationDate" is not a date and time such as 2019-03-01T12:00:00Z');
  const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
  return {
    kind: 'question',
    question: {
      site: text(row.site) ?? '',
      id: id as number,
      title,
      body,
      tags,
      creationDate,
      link: text(row.link),
      license: text(row.license),
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

/** A title that is plain text, as our records have it: they may hold entities. */
export const plainTitle = (title: string): string => title.replaceAll('&', '&amp;');

/**
 * A question as the API gives it, to a question as the study keeps it. The title stays HTML-encoded: `clean` decodes it.
 *
 * @see https://api.stackexchange.com/docs/types/question
 *
 * @module
 */

import type { Question } from '../../io/index.ts';

export type Item =
  | { readonly kind: 'question'; readonly question: Question }
  | { readonly kind: 'refused'; readonly id: number | null; readonly why: string };

/** @param item As it came, of any shape. */
export function readItem(item: unknown, site: string): Item {
  const fields = (typeof item === 'object' && item !== null ? item : {}) as Readonly<Record<string, unknown>>;
  const id = idOf(item);
  const refuse = (why: string): Item => ({ kind: 'refused', id: id ?? null, why });
  if (id === undefined) return refuse('"question_id" is not a whole number');
  const creationSeconds = creationSecondsOf(item);
  if (creationSeconds === undefined) return refuse('"creation_date" is not a number of seconds');
  const { title, body, tags, link, content_license: license } = fields;
  if (typeof title !== 'string' || title.trim() === '') return refuse('"title" is missing or empty');
  if (typeof body !== 'string') return refuse('"body" is missing');
  const names = tagsOf(tags);
  if (names === undefined) return refuse('"tags" is not a list of at least one name');
  return {
    kind: 'question',
    question: {
      site,
      id,
      title,
      body,
      tags: names,
      creationDate: `${new Date(creationSeconds * 1000).toISOString().slice(0, 19)}Z`,
      link: typeof link === 'string' ? link : null,
      license: typeof license === 'string' ? license : null,
    },
  };
}

export function idOf(item: unknown): number | undefined {
  const id = (item as { readonly question_id?: unknown } | null)?.question_id;
  return Number.isSafeInteger(id) && (id as number) >= 0 ? (id as number) : undefined;
}

const LATEST_SECONDS = 253_402_300_799; // of the year 9999

export function creationSecondsOf(item: unknown): number | undefined {
  const seconds = (item as { readonly creation_date?: unknown } | null)?.creation_date;
  const isDate =
    Number.isSafeInteger(seconds) && (seconds as number) >= 0 && (seconds as number) <= LATEST_SECONDS;
  return isDate ? (seconds as number) : undefined;
}

function tagsOf(value: unknown): readonly string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const names = value.map((name) => (typeof name === 'string' ? name.normalize('NFC').trim() : ''));
  return names.length === 0 || names.includes('') ? undefined : [...new Set(names)];
}

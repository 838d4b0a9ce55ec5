/**
 * What MLflow's scoring server takes: questions in one of four forms.
 *
 * @see MLflow 3.17.2, pyfunc/scoring_server; `dataframe_split`, `dataframe_records`, `instances` and `inputs`
 * @module
 */

import type { Limits } from '../settings.ts';
import type { AskedQuestion } from '../tagging/serving-model.ts';
import { Refusal } from './problem.ts';

export interface InvocationsBody {
  readonly dataframe_split?: {
    readonly columns: readonly string[];
    readonly data: readonly (readonly unknown[])[];
  };
  readonly dataframe_records?: readonly object[];
  readonly instances?: readonly unknown[];
  readonly inputs?: readonly unknown[] | Readonly<Record<string, unknown>>;
  readonly params?: { readonly top_k?: number; readonly threshold?: number };
}

const FORMS = ['dataframe_split', 'dataframe_records', 'instances', 'inputs'] as const;

/** @throws {Refusal} If there is not exactly one form, or what it has are no questions. */
export function questionsOf(body: InvocationsBody, limits: Limits): readonly AskedQuestion[] {
  const forms = FORMS.filter((form) => body[form] !== undefined);
  const form = forms[0];
  if (form === undefined || forms.length > 1) {
    const found = forms.length === 0 ? 'none of them' : forms.join(' and ');
    throw refuse(`The body must have exactly one of ${FORMS.join(', ')}; it has ${found}`, '');
  }
  const rows = rowsOf(form, body);
  if (rows.length > limits.batch) {
    throw refuse(`"/${form}" has ${rows.length} questions, ${limits.batch} are taken at once`, `/${form}`);
  }
  return rows.map(({ value, at }) => questionOf(value, at, limits));
}

interface Row {
  readonly value: unknown;
  /** JSON pointer. */
  readonly at: string;
}

function rowsOf(form: (typeof FORMS)[number], body: InvocationsBody): readonly Row[] {
  const listed = (list: readonly unknown[]): readonly Row[] =>
    list.map((value, i) => ({ value, at: `/${form}/${i}` }));
  if (form === 'dataframe_split') {
    const { columns, data } = body.dataframe_split!;
    return data.map((cells, i) => {
      const at = `/${form}/data/${i}`;
      if (cells.length !== columns.length) {
        throw refuse(`"${at}" has ${cells.length} cells, there are ${columns.length} columns`, at);
      }
      return { value: fromCells(columns, cells), at };
    });
  }
  if (form === 'inputs' && !isList(body.inputs)) return columnsOf(body.inputs!);
  return listed(body[form] as readonly unknown[]);
}

/** `{title: [...], body: [...]}`; a single value is a column of one. */
function columnsOf(columns: Readonly<Record<string, unknown>>): readonly Row[] {
  const names = Object.keys(columns);
  const lists = names.map((name) => (isList(columns[name]) ? columns[name] : [columns[name]]));
  const length = lists[0]?.length ?? 0;
  names.forEach((name, j) => {
    if (lists[j]!.length === length) return;
    const at = `/inputs/${name}`;
    throw refuse(`"${at}" has ${lists[j]!.length} values, "/inputs/${names[0]!}" has ${length}`, at);
  });
  return Array.from({ length }, (_, i) => ({
    value: fromCells(
      names,
      lists.map((list) => list[i]),
    ),
    at: `/inputs/*/${i}`,
  }));
}

/** An object without a prototype: a column may have any name. */
function fromCells(columns: readonly string[], cells: readonly unknown[]): object {
  const record = Object.create(null) as Record<string, unknown>;
  columns.forEach((name, j) => {
    record[name] = cells[j];
  });
  return record;
}

function questionOf(value: unknown, at: string, limits: Limits): AskedQuestion {
  const record = typeof value === 'string' ? { title: value } : value;
  if (typeof record !== 'object' || record === null || isList(record)) {
    throw refuse(`"${at}" must be an object with "title" and "body", or a title`, at);
  }
  const { title, body } = record as { readonly title?: unknown; readonly body?: unknown };
  return {
    title: textOf(title, `${at}/title`, limits.titleLength),
    // A data frame has an empty cell as null.
    body: body === undefined || body === null ? '' : textOf(body, `${at}/body`, limits.bodyLength),
  };
}

function textOf(value: unknown, at: string, most: number): string {
  if (typeof value !== 'string') throw refuse(`"${at}" must be string`, at);
  if (value.length > most) throw refuse(`"${at}" must NOT have more than ${most} characters`, at);
  return value;
}

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

const refuse = (detail: string, at: string): Refusal => new Refusal(400, 'invalid_request', detail, at);

/**
 * A result of the Stack Exchange Data Explorer as it is downloaded: `QueryResults.csv`.
 *
 * @module
 */

import { StageFailure } from 'dvc-like/stage';
import { isQuestion, otherPost } from '../post-type.ts';
import type { Reading, Row } from '../row.ts';
import { readTagText } from '../tags.ts';
import { plainTitle, readFields } from '../usable.ts';
import { type ColumnName, type Columns, findColumns } from './columns.ts';
import { readRecords } from './csv-records.ts';
import { readPostLink } from './post-link.ts';

/** The Data Explorer gives no more rows. */
const MOST_ROWS = 50_000;

const SELECT =
  "SELECT Id, Title, Body, Tags, CreationDate FROM Posts WHERE PostTypeId = 1 AND CreationDate >= '2022-01-01'";

export async function readSede({ input, site, take, log }: Reading): Promise<void> {
  let header: Header | undefined;
  let rows = 0;
  await readRecords(input, ({ values, line }) => {
    if (header === undefined) {
      header = readHeader(values, input);
      return;
    }
    rows++;
    take(readRecord(header, values, { site, line }));
  });
  if (header === undefined) throw new StageFailure(`"${input}" is empty`, { hint: SELECT });
  for (const [name, count] of header.differing) {
    log(`Column "${name}" stands twice: the first counts; the values of ${count} rows differ`);
  }
  if (rows === MOST_ROWS) {
    log(
      `There are ${rows} rows, as many as the Data Explorer gives: others are missing. Ask for shorter periods`,
    );
  }
}

interface Header {
  readonly names: readonly string[];
  readonly columns: Columns;
  /** Rows in which a repeated column says something else than the first of its name, by that. */
  readonly differing: Map<string, number>;
}

function readHeader(names: readonly string[] | undefined, input: string): Header {
  if (names === undefined) throw new StageFailure(`"${input}" is not UTF-8`, { hint: 'save it as UTF-8' });
  const columns = findColumns(names);
  if (columns.missing.length > 0) {
    throw new StageFailure(
      `"${input}" has no column ${columns.missing.join(', ')}: its columns are ${names.join(', ')}`,
      { hint: `ask the Data Explorer for it: ${SELECT}` },
    );
  }
  return { names, columns, differing: new Map() };
}

interface Where {
  readonly site: string | null;
  readonly line: number;
}

function readRecord(header: Header, values: readonly string[] | undefined, { site, line }: Where): Row {
  const { names, columns, differing } = header;
  const refuse = (why: string, id: string | null = null): Row => ({
    kind: 'refused',
    line,
    id,
    why,
    creationDate: undefined,
  });
  if (values === undefined) return refuse('it is not UTF-8');
  const get = (column: ColumnName): string | undefined => {
    const index = columns.index[column];
    return index === undefined ? undefined : values[index];
  };
  if (values.length !== names.length) {
    return refuse(
      `it has ${values.length} values in ${names.length} columns`,
      values.length > 1 ? (get('id') ?? null) : null,
    );
  }
  const type = get('type');
  const other = otherPost(type ?? '');
  if (other !== undefined) return { kind: 'skipped', what: other };
  const post = readPostLink(get('id') ?? '');
  if (type !== undefined && !isQuestion(type)) return refuse('"PostTypeId" is not a number', String(post.id));
  for (const [column, others] of Object.entries(columns.repeated)) {
    const first = columns.index[column as ColumnName]!;
    if (others.some((index) => values[index] !== values[first])) {
      differing.set(names[first]!, (differing.get(names[first]!) ?? 0) + 1);
    }
  }
  const title = get('title') ?? post.title;
  const host = post.site ?? site;
  return readFields(
    {
      id: post.id,
      title: title === undefined ? undefined : plainTitle(title),
      body: get('body'),
      tags: readTagText(get('tags') ?? ''),
      creationDate: wholeInstant(get('creationDate') ?? ''),
      license: get('license'),
      ...(host === null ? {} : { site: host, link: post.link ?? `https://${host}/q/${post.id}` }),
    },
    line,
  );
}

/** `2022-04-18`, `2022-04-18 12:44` and `2022-04-18 12:44:51 UTC` are written out. */
const wholeInstant = (text: string): string =>
  text
    .trim()
    .replace(/^(\d{4}-\d\d-\d\d)$/, '$1 00:00')
    .replace(/^(\d{4}-\d\d-\d\d[T ]\d\d:\d\d)$/, '$1:00')
    .replace(/ UTC$/, 'Z');

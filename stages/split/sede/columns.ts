/**
 * Which columns of a Data Explorer result hold what, by their names.
 *
 * Names are compared without case, blanks and punctuation; a query may call a column what it likes.
 *
 * @module
 */

/** In the order of preference. */
const NAMES = {
  id: ['id', 'postid', 'questionid', 'postlink', 'questionlink', 'link', 'url'],
  title: ['title', 'questiontitle', 'posttitle'],
  body: ['body', 'questionbody', 'postbody'],
  tags: ['tags', 'questiontags', 'tagnames'],
  creationDate: ['creationdate', 'questioncreationdate', 'createdate', 'createddate', 'createdat', 'date'],
  type: ['posttypeid'],
  license: ['contentlicense'],
} as const;

/** As they are called in the Data Explorer. */
const NEEDED = {
  id: 'Id',
  title: 'Title',
  body: 'Body',
  tags: 'Tags',
  creationDate: 'CreationDate',
} as const;

export type ColumnName = keyof typeof NAMES;

export interface Columns {
  /** Indices; of several of one name the first. */
  readonly index: Readonly<Partial<Record<ColumnName, number>>>;
  /** What must be there and is not, as the Data Explorer calls it. */
  readonly missing: readonly string[];
  /** Indices of columns whose name a column of `index` has already. */
  readonly repeated: Readonly<Partial<Record<ColumnName, readonly number[]>>>;
}

const fold = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');

/** A link (`{"id": 7, "title": "T"}`) holds the title too, so that then no column is needed for it. */
export function findColumns(header: readonly string[]): Columns {
  const folded = header.map(fold);
  const index: Partial<Record<ColumnName, number>> = {};
  const repeated: Partial<Record<ColumnName, readonly number[]>> = {};
  for (const column of Object.keys(NAMES) as ColumnName[]) {
    const name = NAMES[column].find((candidate) => folded.includes(candidate));
    if (name === undefined) continue;
    const [first, ...others] = folded.flatMap((candidate, i) => (candidate === name ? [i] : []));
    index[column] = first!;
    if (others.length > 0) repeated[column] = others;
  }
  const isLink = index.id !== undefined && /link$/.test(folded[index.id]!);
  const missing = Object.entries(NEEDED)
    .filter(([column]) => index[column as ColumnName] === undefined && !(column === 'title' && isLink))
    .map(([, name]) => name);
  return { index, missing, repeated };
}

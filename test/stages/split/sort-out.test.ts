import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { openMonthFiles } from '../../../stages/split/month-files.ts';
import type { Row } from '../../../stages/split/row.ts';
import { type Counts, sortOut } from '../../../stages/split/sort-out.ts';
import { suite } from '../../support/suite.ts';

const question = (id: number, creationDate: string): Row => ({
  kind: 'question',
  question: { site: '', id, title: 'T', body: '', tags: ['a'], creationDate, link: null, license: null },
});

const refused = (line: number, creationDate?: string): Row => ({
  kind: 'refused',
  line,
  id: String(line),
  why: 'no',
  creationDate,
});

const MONTHS = ['2019-03', '2019-04', '2019-05'];

interface SortedOut {
  readonly counts: Counts;
  /** Lines by month. */
  readonly files: Readonly<Record<string, readonly unknown[]>>;
}

function sortRows(rows: Iterable<Row>): SortedOut {
  const directory = mkdtempSync(join(tmpdir(), 'dvc-like-split-'));
  try {
    const files = openMonthFiles(directory, MONTHS);
    const { take, counts } = sortOut(files, MONTHS);
    for (const row of rows) take(row);
    files.finish();
    const linesOf = (month: string): readonly unknown[] =>
      readFileSync(join(directory, `${month}.jsonl`), 'utf8')
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line) as unknown);
    return { counts: counts(), files: Object.fromEntries(MONTHS.map((month) => [month, linesOf(month)])) };
  } finally {
    rmSync(directory, { recursive: true });
  }
}

suite('sortOut() gives each row to its month', (test) => {
  test('in the order of the input, and an empty file to a month without', () => {
    const { files, counts } = sortRows([
      question(3, '2019-04-01T00:00:00Z'),
      question(1, '2019-03-31T23:59:59Z'),
      question(2, '2019-04-30T00:00:00Z'),
      question(4, '2018-01-01T00:00:00Z'),
    ]);
    const ids = Object.values(files).map((lines) => lines.map((line) => (line as { id: number }).id));
    assert.equal(ids, [[1], [3, 2], []]);
    assert.equal(counts.questions, { '2019-03': 1, '2019-04': 2, '2019-05': 0 });
    assert.is(counts.outside, 1);
    assert.equal([counts.first, counts.last], ['2018-01', '2019-04']);
  });
  test('and a refused one too, where its month is known', () => {
    const { files, counts } = sortRows([refused(1), refused(2, '2019-05-01T00:00:00Z')]);
    assert.equal(files['2019-05'], [{ refused: { line: 2, id: '2', why: 'no' } }]);
    assert.is(counts.refusedRows, 2);
    assert.equal(counts.refused, [
      { line: 1, id: '1', why: 'no' },
      { line: 2, id: '2', why: 'no' },
    ]);
  });
  test('counts every refused row, names a hundred', () => {
    const { counts } = sortRows(Array.from({ length: 150 }, (_, i) => refused(i + 1)));
    assert.equal([counts.rows, counts.refusedRows, counts.refused.length], [150, 150, 100]);
  });
  test('counts what is no question by what it is', () => {
    const { counts } = sortRows(['answers', 'wiki', 'answers'].map((what) => ({ kind: 'skipped', what })));
    assert.equal(counts.skipped, { answers: 2, wiki: 1 });
    assert.is(counts.refusedRows, 0);
  });
  test('nothing is lost of more than waits in memory', () => {
    const count = 30_000;
    const { counts, files } = sortRows(
      (function* () {
        for (let i = 0; i < count; i++) yield question(i, `${MONTHS[i % 3]!}-01T00:00:00Z`);
      })(),
    );
    assert.is(counts.rows, count);
    const ids = Object.values(files).flatMap((lines) => lines.map((line) => (line as { id: number }).id));
    assert.is(new Set(ids).size, count);
  });
});

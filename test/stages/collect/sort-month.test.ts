import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { type SortedMonth, sortMonth } from '../../../stages/collect/sort-month.ts';
import { suite } from '../../support/suite.ts';

const question = (id: number, creationDate: string, site = ''): object => ({
  site,
  id,
  title: 'Tïtle',
  creationDate,
});

function sorted(records: readonly object[]): SortedMonth & { readonly lines: readonly string[] } {
  const directory = mkdtempSync(join(tmpdir(), 'dvc-like-sort-'));
  try {
    const [from, to] = [join(directory, 'from'), join(directory, 'to')];
    writeFileSync(from, records.map((record) => `${JSON.stringify(record)}\n`).join(''));
    const counts = sortMonth(from, to);
    return { ...counts, lines: readFileSync(to, 'utf8').split('\n').slice(0, -1) };
  } finally {
    rmSync(directory, { recursive: true });
  }
}

suite('sortMonth() orders the questions of a month', (test) => {
  test('by date, then id, as they were', () => {
    const [first, second, third] = [
      question(9, '2019-03-01T00:00:00Z'),
      question(1, '2019-03-02T00:00:00Z'),
      question(2, '2019-03-02T00:00:00Z'),
    ];
    assert.equal(
      sorted([third, first, second]).lines,
      [first, second, third].map((record) => JSON.stringify(record)),
    );
  });
  test('each id of a site once', () => {
    const { lines, duplicates, questions } = sorted([
      question(1, '2019-03-02T00:00:00Z'),
      question(1, '2019-03-02T00:00:00Z', 'x.test'),
      question(1, '2019-03-01T00:00:00Z'),
    ]);
    assert.equal([questions, duplicates, lines.length], [2, 1, 2]);
    assert.match(lines[0]!, '2019-03-01');
    assert.match(lines[1]!, 'x.test');
  });
  test('and counts the refused ones apart', () => {
    const named = { line: 4, id: '7', why: 'no' };
    const { rows, refusedRows, refused, questions } = sorted([
      { refused: named },
      question(1, '2019-03-01T00:00:00Z'),
    ]);
    assert.equal(
      { rows, refusedRows, refused, questions },
      { rows: 2, refusedRows: 1, refused: [named], questions: 1 },
    );
  });
  test('a month without questions is an empty file', () => {
    const { lines, questions } = sorted([]);
    assert.equal([lines.length, questions], [0, 0]);
  });
});

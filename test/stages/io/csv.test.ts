import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import * as assert from 'uvu/assert';
import { readCsv, writeCsv } from '../../../stages/io/index.ts';
import { suite, table } from '../../support/suite.ts';

function withFile<T>(body: (path: string) => T): T {
  const directory = mkdtempSync(join(tmpdir(), 'dvc-like-csv-'));
  try {
    return body(join(directory, 'table.csv'));
  } finally {
    rmSync(directory, { recursive: true });
  }
}

suite('readCsv() reads', (test) => {
  test('what writeCsv() writes', () => {
    const cell = fc.oneof(fc.string(), fc.constantFrom('"', '""', ',', '\n', '\r\n', ' a "b", c\n'));
    const tables = fc
      .integer({ min: 2, max: 4 })
      .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1 }));
    withFile((path) => {
      fc.assert(
        fc.property(tables, ([header, ...rows]) => {
          writeCsv(path, header!, rows);
          assert.equal(readCsv(path), { header, rows });
        }),
      );
    });
  });
  table(
    test,
    [
      { name: 'an empty file', text: '', header: [], rows: [] },
      { name: 'a header alone', text: 'a,b\n', header: ['a', 'b'], rows: [] },
      {
        name: 'the last row without its line break',
        text: 'a,b\r\n1,',
        header: ['a', 'b'],
        rows: [['1', '']],
      },
    ],
    ({ text, header, rows }) => {
      withFile((path) => {
        writeFileSync(path, text);
        assert.equal(readCsv(path), { header, rows });
      });
    },
  );
});

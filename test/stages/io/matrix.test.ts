import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import * as assert from 'uvu/assert';
import {
  digestRows,
  readCsr,
  readLabelMatrix,
  writeCsr,
  writeLabelMatrix,
} from '../../../stages/io/index.ts';
import { type Csr, csrFromRows } from '../../../stages/learn/sparse/index.ts';
import { suite, table } from '../../support/suite.ts';

function inFile<T>(body: (path: string) => T): T {
  const directory = mkdtempSync(join(tmpdir(), 'dvc-like-matrix-'));
  try {
    return body(join(directory, 'x.arrays'));
  } finally {
    rmSync(directory, { recursive: true });
  }
}

const X = csrFromRows(
  [
    [
      [0, 0.5],
      [2, -1],
    ],
    [],
    [[1, 1e-300]],
  ],
  3,
);

suite('readCsr() gives back what writeCsr() took', (test) => {
  test('any matrix', () => {
    const entry = fc.tuple(fc.nat(9), fc.double({ noNaN: true, noDefaultInfinity: true }));
    const rows = fc.array(fc.uniqueArray(entry, { selector: ([column]) => column, maxLength: 6 }), {
      maxLength: 8,
    });
    inFile((path) => {
      fc.assert(
        fc.property(rows, fc.string(), (entries, rowsOf) => {
          const matrix = csrFromRows(entries, 10);
          writeCsr(path, { matrix, rowsOf });
          assert.equal(readCsr(path), { matrix, rowsOf });
        }),
        { numRuns: 50 },
      );
    });
  });
});

suite('readCsr() refuses a matrix that', (test) => {
  const broken = (fields: Partial<Csr>) => ({ ...X, ...fields });
  table(
    test,
    [
      { name: 'has a column beyond its shape', matrix: broken({ columns: 2 }) },
      { name: 'has a row too many', matrix: broken({ rows: 4 }) },
      { name: 'runs backwards', matrix: broken({ indptr: Uint32Array.of(0, 2, 1, 3) }) },
      { name: 'ends early', matrix: broken({ indptr: Uint32Array.of(0, 1, 1, 2) }) },
      { name: 'names a column twice', matrix: broken({ indices: Uint32Array.of(0, 0, 1) }) },
      { name: 'has fewer values than columns', matrix: broken({ values: Float64Array.of(1, 2) }) },
      { name: 'has NaN in it', matrix: broken({ values: Float64Array.of(1, Number.NaN, 2) }) },
    ],
    ({ matrix }) => {
      inFile((path) => {
        writeCsr(path, { matrix, rowsOf: '' });
        assert.throws(() => readCsr(path), /^Cannot read ".*x.arrays": /);
      });
    },
  );
});

suite('readLabelMatrix() gives back what writeLabelMatrix() took', (test) => {
  test('rows with none, one and two labels', () => {
    const { indptr, indices } = X;
    const labels = { matrix: { rows: 3, labels: 3, indptr, indices }, rowsOf: 'r' };
    inFile((path) => {
      writeLabelMatrix(path, labels);
      assert.equal(readLabelMatrix(path), labels);
      assert.throws(() => readCsr(path), 'it holds "labels", not "csr"');
    });
  });
});

suite('digestRows() tells questions apart', (test) => {
  test('by site, id and order', () => {
    const digests = [
      [
        { site: 'a', id: 1 },
        { site: 'a', id: 2 },
      ],
      [
        { site: 'a', id: 2 },
        { site: 'a', id: 1 },
      ],
      [
        { site: 'b', id: 1 },
        { site: 'a', id: 2 },
      ],
      [{ site: 'a', id: 1 }],
      [],
    ].map(digestRows);
    assert.is(new Set(digests).size, digests.length);
  });
});

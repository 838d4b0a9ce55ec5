import fc from 'fast-check';
import * as assert from 'uvu/assert';
import {
  type Csr,
  csrFromRows,
  dotRow,
  selectRows,
  stackRows,
  transpose,
} from '../../../stages/learn/sparse/index.ts';
import { suite } from '../../support/suite.ts';

const COLUMNS = 4;
const value = fc.double({ min: -3, max: 3, noNaN: true }).filter((number) => number !== 0);
const someRows = fc.array(
  fc.uniqueArray(fc.tuple(fc.nat(COLUMNS - 1), value), { selector: ([column]) => column }),
);

const dense = (X: Csr): readonly (readonly number[])[] =>
  Array.from({ length: X.rows }, (_, i) => {
    const row = new Array<number>(X.columns).fill(0);
    for (let k = X.indptr[i]!; k < X.indptr[i + 1]!; k++) row[X.indices[k]!] = X.values[k]!;
    return row;
  });

suite('sparse algebra agrees with dense', (test) => {
  test('transpose() swaps rows and columns, twice gives the same', () => {
    fc.assert(
      fc.property(someRows, (rows) => {
        const X = csrFromRows(rows, COLUMNS);
        const cells = dense(X);
        const expected = Array.from({ length: COLUMNS }, (_, j) => cells.map((row) => row[j]));
        assert.equal(dense(transpose(X)), expected);
        assert.equal(transpose(transpose(X)), X);
      }),
    );
  });
  test('selectRows() and stackRows() take rows apart and together', () => {
    fc.assert(
      fc.property(someRows, fc.nat(), (rows, at) => {
        const X = csrFromRows(rows, COLUMNS);
        const all = rows.map((_, i) => i);
        const cut = rows.length === 0 ? 0 : at % rows.length;
        const [first, second] = [all.slice(0, cut), all.slice(cut)];
        assert.equal(stackRows([selectRows(X, first), selectRows(X, second)], COLUMNS), X);
      }),
    );
  });
  test('dotRow() is the dot product', () => {
    fc.assert(
      fc.property(someRows, fc.array(value, { minLength: COLUMNS, maxLength: COLUMNS }), (rows, vector) => {
        const X = csrFromRows(rows, COLUMNS);
        dense(X).forEach((row, i) => {
          const expected = row.reduce((sum, cell, j) => sum + cell * vector[j]!, 0);
          assert.ok(Math.abs(dotRow(X, i, Float64Array.from(vector)) - expected) < 1e-12);
        });
      }),
    );
  });
});

suite('csrFromRows() refuses', (test) => {
  test('a column out of range', () => {
    assert.throws(() => csrFromRows([[[4, 1]]], COLUMNS), /Column 4 is not below 4/);
  });
  test('a column that comes twice', () => {
    assert.throws(
      () =>
        csrFromRows(
          [
            [
              [1, 1],
              [0, 1],
              [1, 2],
            ],
          ],
          COLUMNS,
        ),
      /Row 0 has column 1 twice/,
    );
  });
  test('a value that is no number', () => {
    assert.throws(() => csrFromRows([[[1, Infinity]]], COLUMNS), /not finite/);
  });
});

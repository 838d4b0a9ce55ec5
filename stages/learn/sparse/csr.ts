/**
 * Compressed sparse rows: the matrices of documents and terms, and of documents and tags.
 *
 * @module
 */

/** Shape (rows, columns); row `i` has the columns `indices[indptr[i]..indptr[i+1]]`, ascending, each once. */
export interface Csr {
  readonly rows: number;
  readonly columns: number;
  /** Length rows + 1, from 0 to nnz. */
  readonly indptr: Uint32Array;
  /** Length nnz. */
  readonly indices: Uint32Array;
  /** Length nnz, finite. */
  readonly values: Float64Array;
}

/**
 * @param rows Entries of each row in any order, columns each once; shape (rows, columns).
 * @throws {RangeError} If a column is out of range or comes twice in a row, or a value is not finite.
 */
export function csrFromRows(
  rows: readonly (readonly (readonly [column: number, value: number])[])[],
  columns: number,
): Csr {
  const nnz = rows.reduce((sum, row) => sum + row.length, 0);
  const indptr = new Uint32Array(rows.length + 1);
  const indices = new Uint32Array(nnz);
  const values = new Float64Array(nnz);
  let at = 0;
  rows.forEach((row, i) => {
    for (const [column, value] of [...row].sort((a, b) => a[0] - b[0])) {
      if (!(column >= 0 && column < columns))
        throw new RangeError(`Column ${column} is not below ${columns}`);
      if (!Number.isFinite(value)) throw new RangeError(`Value ${value} in row ${i} is not finite`);
      if (at > indptr[i]! && indices[at - 1] === column)
        throw new RangeError(`Row ${i} has column ${column} twice`);
      indices[at] = column;
      values[at++] = value;
    }
    indptr[i + 1] = at;
  });
  return { rows: rows.length, columns, indptr, indices, values };
}

/** Rows in the given order; a row may come more than once. Shape (rows.length, X.columns). */
export function selectRows(X: Csr, rows: ArrayLike<number>): Csr {
  const indptr = new Uint32Array(rows.length + 1);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    if (!(row >= 0 && row < X.rows)) throw new RangeError(`Row ${row} is not below ${X.rows}`);
    indptr[i + 1] = indptr[i]! + X.indptr[row + 1]! - X.indptr[row]!;
  }
  const indices = new Uint32Array(indptr[rows.length]!);
  const values = new Float64Array(indices.length);
  for (let i = 0; i < rows.length; i++) {
    const start = X.indptr[rows[i]!]!;
    const end = X.indptr[rows[i]! + 1]!;
    indices.set(X.indices.subarray(start, end), indptr[i]);
    values.set(X.values.subarray(start, end), indptr[i]);
  }
  return { rows: rows.length, columns: X.columns, indptr, indices, values };
}

/** Shape (columns, rows). O(nnz). */
export function transpose(X: Csr): Csr {
  const indptr = new Uint32Array(X.columns + 1);
  for (const column of X.indices) indptr[column + 1]!++;
  for (let j = 0; j < X.columns; j++) indptr[j + 1]! += indptr[j]!;
  const next = indptr.slice();
  const indices = new Uint32Array(X.indices.length);
  const values = new Float64Array(X.indices.length);
  for (let i = 0; i < X.rows; i++) {
    for (let k = X.indptr[i]!; k < X.indptr[i + 1]!; k++) {
      const at = next[X.indices[k]!]!++;
      indices[at] = i;
      values[at] = X.values[k]!;
    }
  }
  return { rows: X.columns, columns: X.rows, indptr, indices, values };
}

/** All rows of the parts, in order. @throws {RangeError} If they differ in their columns. */
export function stackRows(parts: readonly Csr[], columns: number): Csr {
  const rows = parts.reduce((sum, part) => sum + part.rows, 0);
  const nnz = parts.reduce((sum, part) => sum + part.indices.length, 0);
  const indptr = new Uint32Array(rows + 1);
  const indices = new Uint32Array(nnz);
  const values = new Float64Array(nnz);
  let row = 0;
  let at = 0;
  for (const part of parts) {
    if (part.columns !== columns) throw new RangeError(`A part has ${part.columns} columns, not ${columns}`);
    indices.set(part.indices, at);
    values.set(part.values, at);
    for (let i = 0; i < part.rows; i++) indptr[row + i + 1] = at + part.indptr[i + 1]!;
    row += part.rows;
    at += part.indices.length;
  }
  return { rows, columns, indptr, indices, values };
}

/** Row `row` times a dense vector of length `X.columns`. Summed from the first column on. */
export function dotRow(X: Csr, row: number, vector: Float64Array): number {
  let sum = 0;
  for (let k = X.indptr[row]!; k < X.indptr[row + 1]!; k++) sum += X.values[k]! * vector[X.indices[k]!]!;
  return sum;
}

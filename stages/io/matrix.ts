/**
 * Matrices on disk, as `.arrays` files; `arrays.ts` has the bytes.
 *
 * | kind | arrays | meta |
 * |---|---|---|
 * | `csr` | `indptr` u32, `indices` u32, `values` f64 | `shape`: rows, columns; `rowsOf` |
 * | `labels` | `indptr` u32, `indices` u32 | the same |
 *
 * `rowsOf` is a digest of the questions that the rows stand for: two matrices belong together where it is equal.
 *
 * @module
 */

import { createHash } from 'node:crypto';
import { StageFailure } from 'dvc-like/stage';
import type { LabelMatrix } from '../learn/labels/index.ts';
import type { Csr } from '../learn/sparse/index.ts';
import { type ArraysFile, readArrays, writeArrays } from './arrays.ts';

/** A matrix and what its rows stand for. */
export interface RowsOf<Matrix> {
  readonly matrix: Matrix;
  readonly rowsOf: string;
}

/** Names the questions of a matrix's rows, in order: SHA-256, hexadecimal. */
export function digestRows(questions: readonly { readonly site: string; readonly id: number }[]): string {
  const hash = createHash('sha256');
  for (const { site, id } of questions) hash.update(`${JSON.stringify(site)} ${id}\n`);
  return hash.digest('hex');
}

export function writeCsr(path: string, { matrix, rowsOf }: RowsOf<Csr>): void {
  const { rows, columns, indptr, indices, values } = matrix;
  writeArrays(path, {
    kind: 'csr',
    meta: { shape: [rows, columns], rowsOf },
    arrays: { indptr, indices, values },
  });
}

/** @throws {StageFailure} If the file does not hold a sparse matrix of finite numbers. */
export function readCsr(path: string): RowsOf<Csr> {
  const file = readArrays(path, 'csr');
  const { rows, columns, indptr, indices, rowsOf } = readPattern(path, file);
  const values = file.arrays['values'];
  const isValid =
    values instanceof Float64Array && values.length === indices.length && values.every(Number.isFinite);
  if (!isValid)
    throw new StageFailure(`Cannot read "${path}": its values are not finite numbers, one for each index`);
  return { matrix: { rows, columns, indptr, indices, values }, rowsOf };
}

export function writeLabelMatrix(path: string, { matrix, rowsOf }: RowsOf<LabelMatrix>): void {
  const { rows, labels, indptr, indices } = matrix;
  writeArrays(path, { kind: 'labels', meta: { shape: [rows, labels], rowsOf }, arrays: { indptr, indices } });
}

/** @throws {StageFailure} If the file does not hold a binary matrix. */
export function readLabelMatrix(path: string): RowsOf<LabelMatrix> {
  const { rows, columns: labels, indptr, indices, rowsOf } = readPattern(path, readArrays(path, 'labels'));
  return { matrix: { rows, labels, indptr, indices }, rowsOf };
}

function readPattern(path: string, { meta, arrays }: ArraysFile) {
  const { shape, rowsOf } = meta as { readonly shape?: unknown; readonly rowsOf?: unknown };
  const [rows, columns] = (Array.isArray(shape) ? shape : []) as readonly unknown[];
  const { indptr, indices } = arrays;
  const isValid =
    typeof rows === 'number' &&
    typeof columns === 'number' &&
    typeof rowsOf === 'string' &&
    indptr instanceof Uint32Array &&
    indices instanceof Uint32Array &&
    indptr.length === rows + 1 &&
    hasAscendingRows(indptr, indices, columns);
  if (!isValid) throw new StageFailure(`Cannot read "${path}": it is not a sparse matrix of its shape`);
  return { rows, columns, indptr, indices, rowsOf };
}

function hasAscendingRows(indptr: Uint32Array, indices: Uint32Array, columns: number): boolean {
  if (indptr[0] !== 0 || indptr.at(-1) !== indices.length) return false;
  for (let row = 0; row + 1 < indptr.length; row++) {
    if (indptr[row + 1]! < indptr[row]!) return false;
    for (let k = indptr[row]!; k < indptr[row + 1]!; k++) {
      if (indices[k]! >= columns || (k > indptr[row]! && indices[k]! <= indices[k - 1]!)) return false;
    }
  }
  return true;
}

/**
 * Sparse matrices.
 *
 * @module
 */

export { type Csr, csrFromRows, dotRow, selectRows, stackRows, transpose } from './csr.ts';

/**
 * Sparse matrices in fewer dimensions.
 *
 * @module
 */

export { projectRows } from './project.ts';
export { fitTruncatedSvd, type TruncatedSvd, type TruncatedSvdParams } from './truncated-svd.ts';

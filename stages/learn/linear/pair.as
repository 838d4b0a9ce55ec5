/**
 * Where the kernels of `logistic_regression` keep the numbers of eight labels side by side, or four: a pair is two vectors.
 *
 * AssemblyScript, see compile-kernel.mjs.
 */

/** log2 of the bytes of a pair. */
export const PAIR: usize = 5;
export const SECOND: usize = 16;

/** Pairs of what holds for a lane, from `lanes` on. */
export const POSITIVE_COST: usize = 0;
export const NEGATIVE_COST: usize = 32;
export const FACTOR: usize = 64;
export const SUM: usize = 96;
export const LARGEST: usize = 128;

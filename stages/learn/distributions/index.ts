/**
 * Probability distributions, and tests that need little more than them.
 *
 * @module
 */

export { chiSquareTail, logGamma } from './gamma.ts';
export { fisherExact } from './hypergeometric.ts';

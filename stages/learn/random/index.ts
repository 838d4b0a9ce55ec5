/**
 * Seeded random numbers.
 *
 * @module
 */

export { createRandomState, type RandomState } from './mersenne-twister.ts';
export { createRandom, type Random, randomInteger, shuffleInPlace } from './random.ts';

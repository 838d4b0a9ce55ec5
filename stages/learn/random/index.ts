/**
 * Seeded random numbers.
 *
 * @module
 */

export { createRandom, type Random, randomInteger, shuffleInPlace } from './random.ts';

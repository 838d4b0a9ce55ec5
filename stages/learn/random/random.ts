/**
 * Seeded random numbers: Blackman and Vigna's xoshiro128**, its state filled from the seed's text by Bob Jenkins's
 * one-at-a-time hash and Steele's SplitMix32. The same on every machine.
 *
 * @see Blackman, Vigna: Scrambled linear pseudorandom number generators (2021), https://prng.di.unimi.it
 * @module
 */

/** Uniform in [0, 1), 32 bits of it. */
export type Random = () => number;

/** @param key Whatever tells one stream of numbers from another. */
export function createRandom(key: string): Random {
  const next = splitMix(hashText(key));
  let a = next();
  let b = next();
  let c = next();
  let d = next();
  return () => {
    const result = Math.imul(rotateLeft(Math.imul(b, 5), 7), 9) >>> 0;
    const t = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= t;
    d = rotateLeft(d, 11);
    return result / 4_294_967_296;
  };
}

/** An integer in [0, below). @param below At most 2^32; the bias of the multiplication is below 2^-32 x `below`. */
export const randomInteger = (random: Random, below: number): number => Math.floor(random() * below);

/** Fisher and Yates's shuffle, in place. */
export function shuffleInPlace(
  items: { [index: number]: number; readonly length: number },
  random: Random,
): void {
  for (let i = items.length - 1; i > 0; i--) {
    const j = randomInteger(random, i + 1);
    const item = items[i]!;
    items[i] = items[j]!;
    items[j] = item;
  }
}

const rotateLeft = (x: number, by: number): number => (x << by) | (x >>> (32 - by));

function hashText(text: string): number {
  let hash = 0;
  for (let i = 0; i < text.length; i++) {
    hash = (hash + text.charCodeAt(i)) | 0;
    hash = (hash + (hash << 10)) | 0;
    hash ^= hash >>> 6;
  }
  hash = (hash + (hash << 3)) | 0;
  hash ^= hash >>> 11;
  return (hash + (hash << 15)) | 0;
}

function splitMix(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let z = state ^ (state >>> 16);
    z = Math.imul(z, 0x21f0aaad);
    z ^= z >>> 15;
    z = Math.imul(z, 0x735a2d97);
    return z ^ (z >>> 15);
  };
}

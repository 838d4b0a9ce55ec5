/**
 * The numbers of numpy's `RandomState(seed)`: whoever draws as scikit-learn draws, with the same seed, gets the same.
 *
 * @see Matsumoto, Nishimura: Mersenne twister (1998), MT19937; numpy, random/mtrand.pyx and src/distributions: masked
 *   rejection for integers, 53 bits for fractions.
 * @module
 */

export interface RandomState {
  /** Uniform in [0, 1), 53 bits: `random_sample()`. */
  readonly sample: () => number;
  /** Uniform in [0, below): `randint(below)`. @param below From 1, which draws nothing, to 2^32. */
  readonly integer: (below: number) => number;
  /** The integers below `length` in some order: `permutation(length)`. */
  readonly permutation: (length: number) => Uint32Array;
}

const WORDS = 624;
const MIDDLE = 397;

/** @throws {RangeError} If the seed is not an integer from 0 to 2^32 - 1. */
export function createRandomState(seed: number): RandomState {
  if (!Number.isInteger(seed) || seed < 0 || seed >= 2 ** 32) {
    throw new RangeError(`Seed ${seed} is not an integer from 0 to 2^32 - 1`);
  }
  const next = mersenneTwister(seed);
  const integer = (below: number): number => {
    if (!Number.isInteger(below) || below < 1 || below > 2 ** 32) {
      throw new RangeError(`Cannot draw an integer below ${below}`);
    }
    const largest = below - 1;
    if (largest === 0) return 0;
    const mask = 0xffffffff >>> Math.clz32(largest);
    for (;;) {
      const value = (next() & mask) >>> 0;
      if (value <= largest) return value;
    }
  };
  return {
    sample: () => {
      const high = next() >>> 5;
      const low = next() >>> 6;
      return (high * 67_108_864 + low) / 9_007_199_254_740_992;
    },
    integer,
    permutation: (length) => {
      const items = new Uint32Array(length).map((_, i) => i);
      for (let i = length - 1; i > 0; i--) {
        const j = integer(i + 1);
        const item = items[i]!;
        items[i] = items[j]!;
        items[j] = item;
      }
      return items;
    },
  };
}

/** MT19937, 32 bits at a time. */
function mersenneTwister(seed: number): () => number {
  const state = new Uint32Array(WORDS);
  state[0] = seed;
  for (let i = 1; i < WORDS; i++) {
    const before = state[i - 1]!;
    state[i] = Math.imul(1_812_433_253, before ^ (before >>> 30)) + i;
  }
  let at = WORDS;
  return () => {
    if (at === WORDS) {
      twist(state);
      at = 0;
    }
    let y = state[at++]!;
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return (y ^ (y >>> 18)) >>> 0;
  };
}

function twist(state: Uint32Array): void {
  for (let i = 0; i < WORDS; i++) {
    const y = (state[i]! & 0x80000000) | (state[(i + 1) % WORDS]! & 0x7fffffff);
    state[i] = state[(i + MIDDLE) % WORDS]! ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0);
  }
}

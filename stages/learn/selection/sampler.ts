/**
 * Which candidates a search tries.
 *
 * @module
 */

import { createRandomState, type RandomState } from '../random/index.ts';
import { type Candidate, checkSpace, type Distribution, namesOf, type Space, type Value } from './space.ts';
import type { Trial } from './trial.ts';

/**
 * Suggests candidates batch by batch: a batch is whole before any of it is tried, and tried whole before the next is asked
 * for. So what is suggested depends on results, but not on which of them came first.
 */
export interface Sampler {
  /** At most so many in all. */
  readonly candidates: number;
  /** @param trials Of all batches before, in order. @returns The next batch; empty at the end. */
  readonly suggest: (trials: readonly Trial[]) => readonly Candidate[];
}

/**
 * One batch of what `ParameterSampler` draws.
 *
 * @throws {RangeError} If the space has nothing to draw from, `n` is below 1 or the seed no integer of 32 bits.
 */
export function randomSampler(space: Space, n: number, seed: number): Sampler {
  const drawn = drawCandidates(space, n, seed);
  return { candidates: drawn.length, suggest: (trials) => drawn.slice(trials.length) };
}

/** The same candidates, so many at a time: for a pruner, which learns from the batches before. */
export const inBatches = (sampler: Sampler, batch: number): Sampler => ({
  candidates: sampler.candidates,
  suggest: (trials) => sampler.suggest(trials).slice(0, batch),
});

/**
 * What `ParameterSampler(space, n, random_state=seed)` draws, in its order: the grid without repetition where each setting
 * has a list of choices (all of it where it has no more than `n` points), else each setting by itself.
 *
 * @see scikit-learn 1.9.1, model_selection/_search.py and utils/_random.pyx (`sample_without_replacement`).
 */
function drawCandidates(space: Space, n: number, seed: number): readonly Candidate[] {
  if (!(n >= 1)) throw new RangeError(`Cannot draw ${n} candidates`);
  checkSpace(space);
  const random = createRandomState(seed);
  const names = namesOf(space);
  const lists = names.map((name) => choicesOf(space[name]!));
  if (lists.every((values) => values !== undefined)) {
    const points = lists.reduce((product, values) => product * values.length, 1);
    return sampleWithoutReplacement(points, Math.min(n, points), random).map((point) =>
      gridPoint(names, lists, point),
    );
  }
  return Array.from({ length: n }, () =>
    Object.fromEntries(names.map((name) => [name, draw(space[name]!, random)])),
  );
}

const choicesOf = (distribution: Distribution): readonly Value[] | undefined =>
  distribution.kind === 'choice' ? distribution.values : undefined;

function draw(distribution: Distribution, random: RandomState): Value {
  switch (distribution.kind) {
    case 'uniform':
      return distribution.low + random.sample() * (distribution.high - distribution.low);
    case 'loguniform': {
      const [low, high] = [Math.log(distribution.low), Math.log(distribution.high)];
      return Math.exp(low + random.sample() * (high - low));
    }
    case 'int':
      return distribution.low + random.integer(distribution.high - distribution.low + 1);
    case 'choice':
      return distribution.values[random.integer(distribution.values.length)]!;
  }
}

/** The last name's values take turns the fastest. */
function gridPoint(names: readonly string[], lists: readonly (readonly Value[])[], point: number): Candidate {
  const values: Value[] = [];
  let rest = point;
  for (const list of lists.toReversed()) {
    values.unshift(list[rest % list.length]!);
    rest = Math.floor(rest / list.length);
  }
  return Object.fromEntries(names.map((name, i) => [name, values[i]!]));
}

/** @param n At most `population`. */
function sampleWithoutReplacement(population: number, n: number, random: RandomState): readonly number[] {
  const share = n / population;
  if (share > 0.01 && share < 0.99) return [...random.permutation(population).subarray(0, n)];
  return share < 0.2 ? sampleBySet(population, n, random) : sampleByReservoir(population, n, random);
}

function sampleBySet(population: number, n: number, random: RandomState): readonly number[] {
  const taken = new Set<number>();
  while (taken.size < n) taken.add(random.integer(population));
  return [...taken];
}

function sampleByReservoir(population: number, n: number, random: RandomState): readonly number[] {
  const taken = Array.from({ length: n }, (_, i) => i);
  for (let i = n; i < population; i++) {
    const at = random.integer(i + 1);
    if (at < n) taken[at] = i;
  }
  return taken;
}

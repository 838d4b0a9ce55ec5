/**
 * A tree-structured Parzen estimator: suggests what is likely among the good candidates and unlikely among the others.
 *
 * @see Bergstra, Bardenet, Bengio and Kégl, Algorithms for hyper-parameter optimization (2011); Optuna 4,
 *   optuna/samplers/_tpe/sampler.py, whose defaults these are: 10 random candidates first, then the best tenth (25 at most)
 *   against the others, each setting by itself, the best of 24 draws.
 * @module
 */

import { createRandom, type Random } from '../random/index.ts';
import { parzenDensity } from './parzen.ts';
import { randomSampler, type Sampler } from './sampler.ts';
import { type Candidate, type Distribution, namesOf, type Space, type Value } from './space.ts';
import { type Metric, type Trial, valueOf } from './trial.ts';

export interface TpeOptions {
  /** Candidates in all. */
  readonly n: number;
  readonly seed: number;
  /** Candidates that are suggested together, once the random ones are tried. */
  readonly batch: number;
  /** By this a candidate is good. */
  readonly metric: Metric;
}

const STARTUP = 10;
const DRAWS = 24;

/** The size of the good part. */
const goodOf = (trials: number): number => Math.min(Math.ceil(trials / 10), 25);

/**
 * The first candidates are those of `randomSampler` with the same seed. Within a batch, what is suggested already counts
 * as not good, so that the batch spreads (Optuna's `constant_liar`).
 *
 * @throws {RangeError} As `randomSampler`.
 */
export function tpeSampler(space: Space, { n, seed, batch, metric }: TpeOptions): Sampler {
  const startup = randomSampler(space, Math.min(n, STARTUP), seed).suggest([]);
  return {
    candidates: n,
    suggest: (trials) => {
      if (trials.length === 0) return startup;
      const { good, others } = split(trials, metric);
      const suggested: Candidate[] = [];
      for (let i = trials.length; i < Math.min(n, trials.length + batch); i++) {
        const random = createRandom(`tpe ${seed} ${i}`);
        suggested.push(suggest(space, good, [...others, ...suggested], random));
      }
      return suggested;
    },
  };
}

/** Those that were pruned come behind all others: the further they came and the better they were there, the earlier. */
function split(trials: readonly Trial[], metric: Metric) {
  const ranked = trials
    .map(({ scores }, i) => ({ i, scores, value: valueOf(scores, metric) }))
    .sort(
      (a, b) =>
        Number(a.scores.pruned) - Number(b.scores.pruned) ||
        (a.scores.pruned ? b.scores.rungs.length - a.scores.rungs.length : 0) ||
        b.value - a.value ||
        a.i - b.i,
    );
  const isGood = new Set(ranked.slice(0, goodOf(trials.length)).map(({ i }) => i));
  return {
    good: trials.filter((_, i) => isGood.has(i)).map(({ candidate }) => candidate),
    others: trials.filter((_, i) => !isGood.has(i)).map(({ candidate }) => candidate),
  };
}

const suggest = (
  space: Space,
  good: readonly Candidate[],
  others: readonly Candidate[],
  random: Random,
): Candidate =>
  Object.fromEntries(
    namesOf(space).map((name) => {
      const valuesOf = (candidates: readonly Candidate[]) => candidates.map((candidate) => candidate[name]!);
      return [name, suggestValue(space[name]!, valuesOf(good), valuesOf(others), random)];
    }),
  );

/** The draw for which the ratio of the densities, which rises with the expected improvement, is highest. */
function suggestValue(
  distribution: Distribution,
  good: readonly Value[],
  others: readonly Value[],
  random: Random,
): Value {
  const [below, above] = [parzenDensity(distribution, good), parzenDensity(distribution, others)];
  let [best, bestGain] = [below.sample(random), -Infinity];
  for (let draw = 0, value = best; draw < DRAWS; draw++, value = below.sample(random)) {
    const gain = below.logDensity(value) - above.logDensity(value);
    if (gain > bestGain) [best, bestGain] = [value, gain];
  }
  return best;
}

import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import * as assert from 'uvu/assert';
import { createRandom } from '../../../stages/learn/random/index.ts';
import {
  type Candidate,
  type Distribution,
  randomSampler,
  type Sampler,
  type Space,
  type Trial,
  tpeSampler,
} from '../../../stages/learn/selection/index.ts';
import { parzenDensity } from '../../../stages/learn/selection/parzen.ts';
import { ROOT } from '../../stages/study-project.ts';
import { note, suite, unless } from '../../support/suite.ts';

const SPACE: Space = {
  C: { kind: 'loguniform', low: 1e-3, high: 1e3 },
  depth: { kind: 'int', low: 1, high: 30 },
  rate: { kind: 'uniform', low: -5, high: 5 },
  loss: { kind: 'choice', values: ['a', 'b', 'c', null] },
};

/** 0 at its best: C 1, depth 8, rate 2, loss b. */
const valueAt = ({ C, depth, rate, loss }: Candidate): number =>
  -(Math.log10(C as number) ** 2) -
  ((Number(depth) - 8) / 10) ** 2 -
  ((Number(rate) - 2) / 3) ** 2 -
  (loss === 'b' ? 0 : 1);

const trialOf = (
  candidate: Candidate,
  value = valueAt(candidate),
  rungs: readonly number[] = [],
  pruned = false,
): Trial => {
  const scores = { folds: [value], mean: value, std: 0 };
  const metrics = { f1_micro: scores, hamming_loss: { ...scores, mean: -value }, subset_accuracy: scores };
  return { candidate, scores: { threshold: 0, unconverged: 0, metrics, rungs, pruned } };
};

function tryAll(sampler: Sampler): readonly Trial[] {
  const trials: Trial[] = [];
  for (;;) {
    const batch = sampler.suggest(trials);
    if (batch.length === 0) return trials;
    trials.push(...batch.map((candidate) => trialOf(candidate)));
  }
}

const bestOf = (trials: readonly Trial[]): number =>
  Math.max(...trials.map(({ scores }) => scores.metrics.f1_micro.mean));

const options = (n: number, seed: number) => ({ n, seed, batch: 4, metric: 'f1_micro' as const });

suite('tpeSampler()', (test) => {
  test('finds better than random at an equal budget', () => {
    const seeds = Array.from({ length: 40 }, (_, seed) => seed);
    const results = seeds.map((seed) => {
      const ours = bestOf(tryAll(tpeSampler(SPACE, options(50, seed))));
      return { ours, random: bestOf(tryAll(randomSampler(SPACE, 50, seed))) };
    });
    const mean = (key: 'ours' | 'random'): number =>
      results.reduce((sum, result) => sum + result[key], 0) / seeds.length;
    const wins = results.filter(({ ours, random }) => ours > random).length;
    note(
      `best of 50: TPE ${mean('ours').toFixed(3)}, random ${mean('random').toFixed(3)}; better ${wins} of 40 times`,
    );
    assert.ok(wins >= 32, `${wins} wins`);
    assert.ok(mean('ours') > 0.5 * mean('random'), 'half as far from the best');
  });

  test('begins with what random draws, and stays within the space', () => {
    const trials = tryAll(tpeSampler(SPACE, options(60, 3)));
    assert.is(trials.length, 60);
    assert.equal(
      trials.slice(0, 10).map(({ candidate }) => candidate),
      randomSampler(SPACE, 10, 3).suggest([]),
    );
    for (const { candidate } of trials) {
      const { C, depth, rate, loss } = candidate as { C: number; depth: number; rate: number; loss: string };
      assert.ok(C >= 1e-3 && C <= 1e3 && rate >= -5 && rate <= 5, JSON.stringify(candidate));
      assert.ok(Number.isInteger(depth) && depth >= 1 && depth <= 30);
      assert.ok(['a', 'b', 'c', null].includes(loss));
    }
  });

  test('suggests by the trials alone: the same after an interruption', () => {
    const [sampler, trials] = [tpeSampler(SPACE, options(30, 1)), tryAll(tpeSampler(SPACE, options(30, 1)))];
    for (const done of [10, 14, 18, 26]) {
      assert.equal(
        sampler.suggest(trials.slice(0, done)),
        trials.slice(done, done + 4).map(({ candidate }) => candidate),
      );
    }
  });

  test('takes a low loss for good, and pruned candidates for worse than whole ones', () => {
    const C = SPACE['C']!;
    const trials = [3e-3, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 300].map((value) => ({ C: value }));
    const near = (some: readonly Trial[], metric: 'f1_micro' | 'hamming_loss'): number => {
      const logs = Array.from({ length: 30 }, (_, seed) => {
        const [candidate] = tpeSampler({ C }, { n: 200, seed, batch: 1, metric }).suggest(some);
        return Math.log10(candidate!['C'] as number);
      });
      return logs.reduce((sum, log) => sum + log, 0) / logs.length;
    };
    const rising = trials.map((candidate, i) => trialOf(candidate, i));
    assert.ok(near(rising, 'hamming_loss') > 1, 'of the high values');
    const pruned = rising.map((trial, i) => (i > 0 ? trialOf(trial.candidate, i, [i], true) : trial));
    assert.ok(
      near(pruned, 'f1_micro') < near(rising, 'f1_micro') - 1,
      `${near(pruned, 'f1_micro')} ${near(rising, 'f1_micro')}`,
    );
  });
});

const PYTHON = process.env['DVC_LIKE_PYTHON'];
const skip = unless(PYTHON !== undefined, 'DVC_LIKE_PYTHON names no Python with Optuna');

suite('beside Optuna', { skip }, (test) => {
  test('tpeSampler() comes as near the best in as many candidates', () => {
    const [seeds, candidates] = [40, 50];
    const theirs = JSON.parse(
      execFileSync(PYTHON!, [`${ROOT}test/learn/selection/optuna_tpe.py`], {
        input: JSON.stringify({ seeds, candidates }),
        encoding: 'utf8',
      }),
    ) as readonly number[];
    const oursOf = (batch: number) =>
      theirs.map((_, seed) => bestOf(tryAll(tpeSampler(SPACE, { ...options(candidates, seed), batch }))));
    const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / seeds;
    const [one, four] = [oursOf(1), oursOf(4)];
    note(
      `best of ${candidates}: Optuna ${mean(theirs).toFixed(3)}, ours ${mean(one).toFixed(3)}, four at once ${mean(four).toFixed(3)}`,
    );
    for (const ours of [one, four]) assert.ok(mean(ours) > 1.25 * mean(theirs));
  });
});

suite('parzenDensity() is a density', (test) => {
  const distributions: readonly Distribution[] = Object.values(SPACE);
  test('its mass is 1, and it draws what it says', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...distributions),
        fc.nat(40),
        fc.nat(1000),
        (distribution, count, seed) => {
          const random = createRandom(`parzen ${seed}`);
          const prior = parzenDensity(distribution, []);
          const values = Array.from({ length: count }, () => prior.sample(random));
          const density = parzenDensity(distribution, values);
          assert.ok(Math.abs(massOf(distribution, density.logDensity) - 1) < 2e-3, distribution.kind);
        },
      ),
      { numRuns: 25 },
    );
    const distribution: Distribution = { kind: 'choice', values: ['x', 'y'] };
    const density = parzenDensity(distribution, ['x', 'x', 'y']);
    const random = createRandom('draws');
    const drawn = Array.from({ length: 4000 }, () => density.sample(random)).filter(
      (value) => value === 'x',
    ).length;
    assert.ok(Math.abs(drawn / 4000 - Math.exp(density.logDensity('x'))) < 0.03);
  });
});

function massOf(distribution: Distribution, logDensity: (value: number | string | null) => number): number {
  if (distribution.kind === 'choice')
    return distribution.values.reduce<number>((sum, value) => sum + Math.exp(logDensity(value)), 0);
  const { kind, low, high } = distribution;
  if (kind === 'int') {
    let sum = 0;
    for (let value = low; value <= high; value++) sum += Math.exp(logDensity(value));
    return sum;
  }
  const isLog = kind === 'loguniform';
  const [from, to] = isLog ? [Math.log(low), Math.log(high)] : [low, high];
  const steps = 1500;
  let sum = 0;
  for (let k = 0; k < steps; k++) {
    const at = from + ((k + 0.5) * (to - from)) / steps;
    sum += (Math.exp(logDensity(isLog ? Math.exp(at) : at)) * (to - from)) / steps;
  }
  return sum;
}

import fc from 'fast-check';
import * as assert from 'uvu/assert';
import { stratifiedFolds } from '../../../stages/learn/labels/index.ts';
import {
  bestTrial,
  type Candidate,
  type FoldFit,
  METRICS,
  type Metric,
  randomSampler,
  rankTrials,
  type Sampler,
  type SearchMemory,
  type SearchOptions,
  type SearchSettings,
  search,
  type Trial,
  type TrialScores,
} from '../../../stages/learn/selection/index.ts';
import { note, suite } from '../../support/suite.ts';
import { askScikitLearn, BASE, SPACE, someProblem, withoutPython } from './problem.ts';

const FOLDS = 3;
const N = 4;
const SETTINGS: SearchSettings = {
  sampler: randomSampler(SPACE, N, 0),
  base: BASE,
  folds: FOLDS,
  threshold: 'best',
};

const run = (
  settings: Partial<SearchSettings> = {},
  options: Partial<SearchOptions> = {},
  seed = 0,
): Promise<readonly Trial[]> => {
  const { X, Y } = someProblem(seed);
  return search({ ...SETTINGS, ...settings }, X, Y, { threads: 2, ...options });
};

interface Theirs {
  readonly candidates: readonly Candidate[];
  readonly metrics: Readonly<Record<Metric, Columns>>;
  readonly best: number;
}

interface Columns {
  /** By fold, then by candidate. */
  readonly folds: readonly (readonly number[])[];
  readonly mean: readonly number[];
  readonly std: readonly number[];
  readonly rank: readonly number[];
}

suite('search() at threshold 0 gives the scores and ranks of RandomizedSearchCV', {
  skip: withoutPython,
}, (test) => {
  test('to 1e-9, both solvers at a tolerance of 1e-8', async () => {
    const { X, Y } = someProblem(1);
    const rows = (
      columns: number,
      at: (row: number, k: number) => readonly [number, number],
      indptr: Uint32Array,
    ) =>
      Array.from({ length: X.rows }, (_, row) => {
        const dense = new Array<number>(columns).fill(0);
        for (let k = indptr[row]!; k < indptr[row + 1]!; k++) {
          const [column, value] = at(row, k);
          dense[column] = value;
        }
        return dense;
      });
    const solver = { tol: 1e-8, max_iter: 1_000_000 };
    const [n, seed] = [12, 7];
    const theirs = askScikitLearn({
      search: {
        X: rows(X.columns, (_, k) => [X.indices[k]!, X.values[k]!], X.indptr),
        Y: rows(Y.labels, (_, k) => [Y.indices[k]!, 1], Y.indptr),
        folds: [...stratifiedFolds(Y, FOLDS)],
        space: SPACE,
        base: { ...solver, random_state: 0 },
        n,
        seed,
      },
    }) as Theirs;
    const sampler = randomSampler(SPACE, n, seed);
    const trials = await run({ base: { ...BASE, ...solver }, sampler, threshold: 'fixed' }, {}, 1);
    assert.is(trials.length, theirs.candidates.length);
    let largest = 0;
    for (const metric of METRICS) {
      const columns = theirs.metrics[metric];
      assert.equal(rankTrials(trials, metric), columns.rank, metric);
      trials.forEach(({ scores }, i) => {
        const { folds, mean, std } = scores.metrics[metric];
        const pairs = [
          [mean, columns.mean[i]!],
          [std, columns.std[i]!],
          ...folds.map((score, fold) => [score, columns.folds[fold]![i]!] as const),
        ] as const;
        for (const [ours, other] of pairs) largest = Math.max(largest, Math.abs(ours - other));
      });
    }
    note(`scores of ${n} candidates differ from RandomizedSearchCV by at most ${largest}`);
    assert.ok(largest <= 1e-9, String(largest));
    assert.is(bestTrial(trials, 'f1_micro'), theirs.best);
  });
});

/** Remembers, and can stop short. */
function memoryOf(): SearchMemory & {
  readonly fits: Map<string, FoldFit>;
  readonly trials: Map<number, TrialScores>;
} {
  const fits = new Map<string, FoldFit>();
  const trials = new Map<number, TrialScores>();
  return {
    fits,
    trials,
    fit: (candidate, fold) => fits.get(`${candidate} ${fold}`),
    keepFit: (candidate, fold, fit) => {
      fits.set(`${candidate} ${fold}`, fit);
    },
    trial: (candidate) => trials.get(candidate),
    keepTrial: (candidate, scores) => {
      trials.set(candidate, scores);
      for (let fold = 0; fold < FOLDS; fold++) fits.delete(`${candidate} ${fold}`);
    },
  };
}

suite('search()', (test) => {
  test('gives the same for any number of threads', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.constantFrom('fixed', 'best'), async (seed, threshold) => {
        const alone = await run({ threshold }, { threads: 1 }, seed);
        for (const threads of [2, 7]) assert.equal(await run({ threshold }, { threads }, seed), alone);
      }),
      { numRuns: 2 },
    );
  });

  test('counts every fit', async () => {
    const told: number[] = [];
    await run({}, { onFit: (done) => told.push(done) });
    assert.equal(
      told,
      Array.from({ length: N * FOLDS }, (_, i) => i + 1),
    );
  });

  test('does the rest where it was cut short, and comes to the same', async () => {
    const whole = await run();
    for (const cut of [1, 5, 11]) {
      const memory = memoryOf();
      let kept = 0;
      const failing: SearchMemory = {
        ...memory,
        keepFit: (candidate, fold, fit) => {
          memory.keepFit(candidate, fold, fit);
          if (++kept === cut) throw new Error('cut short');
        },
      };
      assert.is(await messageOf(run({}, { memory: failing })), 'cut short');
      const fitted = { count: 0 };
      const counting: SearchMemory = {
        ...memory,
        keepFit: (...args) => {
          fitted.count++;
          memory.keepFit(...args);
        },
      };
      const told: number[] = [];
      const resumed = await run({}, { memory: counting, onFit: (done) => told.push(done) });
      assert.equal(resumed, whole);
      assert.is(fitted.count, N * FOLDS - cut, `after ${cut} of ${N * FOLDS} fits`);
      assert.is(told.at(-1), N * FOLDS);
      assert.is(memory.fits.size, 0);
    }
  });

  test('starts no fit where all is remembered', async () => {
    const memory = memoryOf();
    const whole = await run({}, { memory });
    const refusing: SearchMemory = {
      ...memory,
      keepFit: () => {
        throw new Error('fitted again');
      },
    };
    assert.equal(await run({}, { memory: refusing }), whole);
  });

  test('asks the sampler for the next batch when the last is tried', async () => {
    const asked: number[] = [];
    const sampler: Sampler = {
      candidates: 3,
      suggest: (trials) => {
        asked.push(trials.length);
        if (trials.length === 0) return [{ C: 0.1 }, { C: 1 }];
        return trials.length === 2 ? [{ C: 10 * trials[1]!.scores.metrics.f1_micro.mean }] : [];
      },
    };
    const trials = await run({ sampler });
    assert.equal(asked, [0, 2, 3]);
    assert.is(trials[2]!.candidate['C'], 10 * trials[1]!.scores.metrics.f1_micro.mean);
  });

  test('scores at the threshold that is best for all folds together', async () => {
    const [fixed, best] = [await run({ threshold: 'fixed' }), await run()];
    fixed.forEach(({ candidate, scores }, i) => {
      assert.equal(best[i]!.candidate, candidate);
      assert.is(scores.threshold, 0);
      assert.is.not(best[i]!.scores.threshold, 0);
    });
    const meanOf = (trials: readonly Trial[]): number =>
      trials.reduce((sum, { scores }) => sum + scores.metrics.f1_micro.mean, 0) / trials.length;
    assert.ok(meanOf(best) > meanOf(fixed), `${meanOf(best)} and ${meanOf(fixed)}`);
  });

  test('ends when it is aborted', async () => {
    const controller = new AbortController();
    const base = { ...BASE, tol: 1e-300, max_iter: 1e9 };
    const searching = run({ base, threshold: 'fixed' }, { signal: controller.signal });
    controller.abort(new Error('enough'));
    assert.is(await messageOf(searching), 'enough');
  });

  test('starts nothing where it was aborted before', async () => {
    const signal = AbortSignal.abort(new Error('never'));
    assert.is(await messageOf(run({}, { signal })), 'never');
  });

  test('says what a fit cannot be done with', async () => {
    const sampler: Sampler = { candidates: 1, suggest: () => [{ C: -1 }] };
    assert.is(await messageOf(run({ sampler })), 'C is -1, not above 0');
  });
});

/** A trial with this mean of every metric. */
const trialOf = (mean: number): Trial => {
  const scores = { folds: [mean], mean, std: 0 };
  return {
    candidate: {},
    scores: {
      threshold: 0,
      unconverged: 0,
      rungs: [],
      pruned: false,
      metrics: { f1_micro: scores, hamming_loss: scores, subset_accuracy: scores },
    },
  };
};

suite('rankTrials()', (test) => {
  const trials = [0.5, 0.7, 0.5, 0.9, 0.7].map(trialOf);
  test('gives equal ones the first of their ranks, the highest score being best', () => {
    assert.equal(rankTrials(trials, 'f1_micro'), [4, 2, 4, 1, 2]);
  });
  test('takes a low loss for better', () => {
    assert.equal(rankTrials(trials, 'hamming_loss'), [1, 3, 1, 5, 3]);
  });
  test('the best is the first of equal ones', () => {
    assert.is(bestTrial(trials, 'hamming_loss'), 0);
    assert.is(bestTrial(trials, 'subset_accuracy'), 3);
  });
});

const messageOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'resolved',
    (error: unknown) => (error as Error).message,
  );

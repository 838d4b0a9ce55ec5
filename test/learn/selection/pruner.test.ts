import * as assert from 'uvu/assert';
import {
  type AtRung,
  inBatches,
  medianPruner,
  randomSampler,
  type SearchMemory,
  type SearchOptions,
  search,
  successiveHalvingPruner,
  type Trial,
  type TrialScores,
  tpeSampler,
} from '../../../stages/learn/selection/index.ts';
import { suite, table } from '../../support/suite.ts';
import { BASE, SPACE, someProblem } from './problem.ts';

const before = (...rungs: readonly (readonly number[])[]): AtRung['before'] =>
  rungs.map((values) => ({ rungs: values, pruned: false }));
const five = before([1, 5], [2, 5], [3, 5], [4, 5], [9, 1]);

suite('medianPruner gives up what is below the median of earlier candidates', (test) => {
  table(
    test,
    [
      { name: 'below', at: { rung: 1, own: [2.9], batch: [], before: five }, pruned: true },
      { name: 'at the median', at: { rung: 1, own: [3], batch: [], before: five }, pruned: false },
      { name: 'its best rung counts', at: { rung: 2, own: [6, 1], batch: [], before: five }, pruned: false },
      { name: 'below at every rung', at: { rung: 2, own: [4, 3], batch: [], before: five }, pruned: true },
      {
        name: 'fewer than five to compare with',
        at: { rung: 1, own: [0], batch: [9, 9, 9], before: five.slice(1) },
        pruned: false,
      },
      {
        name: 'those that were pruned do not count',
        at: { rung: 1, own: [0], batch: [], before: [...five.slice(1), { rungs: [8], pruned: true }] },
        pruned: false,
      },
    ],
    ({ at, pruned }) => assert.is(medianPruner(at), pruned),
  );
});

suite('successiveHalvingPruner keeps the best quarter at 1, 4, ... folds', (test) => {
  const eight = [1, 2, 3, 4, 5, 6, 7, 8];
  table(
    test,
    [
      { name: 'of the best quarter', at: { rung: 1, own: [7], batch: eight, before: [] }, pruned: false },
      { name: 'not of it', at: { rung: 1, own: [6], batch: eight, before: [] }, pruned: true },
      {
        name: 'earlier ones count',
        at: { rung: 1, own: [7], batch: eight, before: before([9], [9]) },
        pruned: true,
      },
      { name: 'no rung', at: { rung: 2, own: [0, 0], batch: eight, before: [] }, pruned: false },
      { name: 'the next rung', at: { rung: 4, own: [0, 0, 0, 0], batch: eight, before: [] }, pruned: true },
      { name: 'the best of few', at: { rung: 1, own: [2], batch: [1, 2], before: [] }, pruned: false },
      { name: 'the others of few', at: { rung: 1, own: [1], batch: [1, 2], before: [] }, pruned: true },
    ],
    ({ at, pruned }) => assert.is(successiveHalvingPruner(at), pruned),
  );
});

const FOLDS = 3;

suite('search() with TPE and pruning', (test) => {
  const { X, Y } = someProblem(2);
  const run = (
    options: Partial<SearchOptions> = {},
    prune = successiveHalvingPruner,
  ): Promise<readonly Trial[]> => {
    const sampler = tpeSampler(SPACE, { n: 13, seed: 1, batch: 3, metric: 'f1_micro' });
    const pruner = { prune, metric: 'f1_micro' } as const;
    return search({ sampler, base: BASE, folds: FOLDS, threshold: 'best', pruner }, X, Y, {
      threads: 2,
      ...options,
    });
  };

  test('the same bits for any number of threads', async () => {
    const alone = await run({ threads: 1 });
    assert.equal(await run({ threads: 4 }), alone);
    assert.ok(alone.some(({ scores }) => scores.pruned) && alone.some(({ scores }) => !scores.pruned));
    for (const { scores } of alone) {
      assert.is(scores.metrics.f1_micro.folds.length, scores.rungs.length);
      assert.is(scores.rungs.length < FOLDS, scores.pruned);
      assert.is(scores.rungs.at(-1), scores.metrics.f1_micro.mean);
    }
  });

  test('goes on where it was ended, to the same bits', async () => {
    const whole = await run();
    for (const cut of [4, 13]) {
      const fits = new Map<string, { readonly scores: Float64Array; readonly unconverged: number }>();
      const trials = new Map<number, TrialScores>();
      let kept = 0;
      const memory: SearchMemory = {
        fit: (candidate, fold) => fits.get(`${candidate} ${fold}`),
        keepFit: (candidate, fold, fit) => {
          fits.set(`${candidate} ${fold}`, fit);
          if (++kept === cut) throw new Error('cut short');
        },
        trial: (candidate) => trials.get(candidate),
        keepTrial: (candidate, scores) => {
          trials.set(candidate, scores);
        },
      };
      const ended = await run({ memory }).then(
        () => 'not ended',
        (error: unknown) => (error as Error).message,
      );
      assert.is(ended, 'cut short');
      assert.equal(await run({ memory }), whole, `after ${cut} fits`);
    }
  });

  test('a random search in batches tries what it tries without', async () => {
    const random = randomSampler(SPACE, 8, 1);
    const pruner = { prune: medianPruner, metric: 'hamming_loss' } as const;
    const settings = { base: BASE, folds: FOLDS, threshold: 'best' } as const;
    const plain = await search({ ...settings, sampler: random }, X, Y, { threads: 2 });
    const pruned = await search({ ...settings, sampler: inBatches(random, 6), pruner }, X, Y, { threads: 2 });
    pruned.forEach(({ candidate, scores }, i) => {
      assert.equal(candidate, plain[i]!.candidate);
      if (!scores.pruned) assert.equal(scores.metrics, plain[i]!.scores.metrics);
    });
  });
});

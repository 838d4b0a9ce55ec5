import fc from 'fast-check';
import * as assert from 'uvu/assert';
import { binarizeLabels } from '../../../stages/learn/labels/index.ts';
import {
  fitLinearSvc,
  fitLinearSvcOnThreads,
  type LinearSvcParams,
} from '../../../stages/learn/linear/index.ts';
import { createRandom, randomInteger } from '../../../stages/learn/random/index.ts';
import { csrFromRows } from '../../../stages/learn/sparse/index.ts';
import { suite } from '../../support/suite.ts';

const PARAMS: LinearSvcParams = {
  loss: 'squared_hinge',
  C: 1,
  classWeight: undefined,
  tol: 1e-4,
  maxIter: 1000,
  interceptScaling: 1,
  seed: 0,
};

const CLASSES = ['all', 'none', 'a', 'b', 'c', 'd', 'e'];

/** 80 rows of 30 features, and labels that follow from some of them. */
function someData(seed: number) {
  const random = createRandom(`threads ${seed}`);
  const rows = Array.from({ length: 80 }, () => {
    const columns = new Set(Array.from({ length: 8 }, () => randomInteger(random, 30)));
    return [...columns].map((column) => [column, random()] as const);
  });
  const tags = rows.map((row) => ['all', ...row.flatMap(([column]) => CLASSES[column + 2] ?? [])]);
  return { X: csrFromRows(rows, 30), Y: binarizeLabels(CLASSES, tags).matrix };
}

suite('fitLinearSvcOnThreads() gives the bits of fitLinearSvc()', (test) => {
  test('for any number of threads', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.constantFrom('squared_hinge', 'hinge'), async (seed, loss) => {
        const { X, Y } = someData(seed);
        const params = { ...PARAMS, loss } as const;
        const alone = fitLinearSvc(params, X, Y);
        for (const threads of [1, 2, 5]) {
          assert.equal(await fitLinearSvcOnThreads(params, X, Y, { threads }), alone);
        }
      }),
      { numRuns: 2 },
    );
  });

  test('and counts every label', async () => {
    const { X, Y } = someData(1);
    const told: number[] = [];
    await fitLinearSvcOnThreads(PARAMS, X, Y, { threads: 2, onLabel: (done) => told.push(done) });
    assert.equal(told, [1, 2, 3, 4, 5, 6, 7]);
  });
});

suite('fitLinearSvcOnThreads() ends early', (test) => {
  const { X, Y } = someData(2);
  const endless = { ...PARAMS, tol: 1e-300, maxIter: 1e9 };
  test('when it is aborted', async () => {
    const controller = new AbortController();
    const fit = fitLinearSvcOnThreads(endless, X, Y, { threads: 2, signal: controller.signal });
    controller.abort(new Error('enough'));
    assert.is(await messageOf(fit), 'enough');
  });
  test('when it was aborted before', async () => {
    const signal = AbortSignal.abort(new Error('never'));
    assert.is(await messageOf(fitLinearSvcOnThreads(PARAMS, X, Y, { threads: 2, signal })), 'never');
  });
  test('when the arguments are wrong', async () => {
    assert.match(
      await messageOf(fitLinearSvcOnThreads({ ...PARAMS, C: 0 }, X, Y, { threads: 2 })),
      'C is 0, not above 0',
    );
  });
});

const messageOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'resolved',
    (error: unknown) => (error as Error).message,
  );

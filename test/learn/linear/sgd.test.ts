import * as assert from 'uvu/assert';
import { fitClassifier } from '../../../stages/learn/classifier/index.ts';
import { binarizeLabels } from '../../../stages/learn/labels/index.ts';
import { fitSgd, type SgdParams } from '../../../stages/learn/linear/index.ts';
import { createRandom } from '../../../stages/learn/random/index.ts';
import { csrFromRows } from '../../../stages/learn/sparse/index.ts';
import { suite, table } from '../../support/suite.ts';
import { largestDifference, withoutGolden } from '../golden.ts';
import { oneLabel, readProblem, readX } from './golden-problem.ts';

interface Params {
  readonly loss: SgdParams['loss'];
  readonly penalty?: 'l1' | 'elasticnet';
  readonly alpha?: number;
  readonly average?: boolean;
  readonly learning_rate?: 'invscaling';
  readonly eta0?: number;
  readonly shuffle: false;
  readonly max_iter: number;
  readonly tol: null;
}

suite("fitClassifier('sgd') has the weights of SGDClassifier to 1e-9 of the largest", {
  skip: withoutGolden,
}, (test) => {
  const golden = readProblem<Params>();
  const X = readX(golden);
  const fits = golden.fits.filter(({ model }) => model === 'SGDClassifier');
  table(
    test,
    fits.map((fit) => ({ ...fit, name: JSON.stringify(fit.params) })),
    async ({ params, label, coef, intercept }) => {
      const Y = oneLabel(X.rows, golden.labels[label]!);
      const { model } = await fitClassifier({ kind: 'sgd', ...params }, X, Y, { threads: 1 });
      if (model.kind !== 'linear') throw new TypeError(model.kind);
      // The first steps of the steepest loss multiply rounding errors some ten million times.
      const tolerance = 1e-9 * Math.max(...coef.map(Math.abs));
      assert.ok(largestDifference(model.coefficients, coef) < tolerance);
      assert.ok(Math.abs(model.intercepts[0]! - intercept) < tolerance);
    },
  );
});

const DEFAULT: SgdParams = {
  loss: 'hinge',
  penalty: 'l2',
  alpha: 1e-3,
  l1Ratio: 0.15,
  fitIntercept: true,
  maxIter: 1000,
  tol: 1e-3,
  learningRate: 'optimal',
  eta0: 0.1,
  powerT: 0.5,
  classWeight: undefined,
  average: false,
  seed: 7,
};

const random = createRandom('sgd');
const ROWS = Array.from({ length: 80 }, () => [random() - 0.5, random() - 0.5, random()] as const);
const X = csrFromRows(
  ROWS.map((row) => row.map((value, column) => [column, value] as const)),
  3,
);
const TAGS = ROWS.map(([a, b]) => [...(a > 0 ? ['right'] : []), ...(b > 0 ? ['up'] : []), 'all']);
const labelsOf = (classes: readonly string[]) => binarizeLabels(classes, TAGS).matrix;

suite('fitSgd()', (test) => {
  for (const learningRate of ['optimal', 'constant', 'invscaling', 'adaptive'] as const) {
    for (const penalty of ['l2', 'l1', 'elasticnet', 'none'] as const) {
      test(`${learningRate}, ${penalty}: stops, and tells the rows apart`, () => {
        const { model, iterations, unconverged } = fitSgd(
          { ...DEFAULT, learningRate, penalty },
          X,
          labelsOf(['right']),
        );
        assert.equal(unconverged, []);
        assert.ok(iterations[0]! > 5 && iterations[0]! < 1000, String(iterations[0]));
        const right = ROWS.filter((row, i) => {
          const score = row.reduce(
            (sum, value, j) => sum + value * model.coefficients[j]!,
            model.intercepts[0]!,
          );
          return score > 0 === TAGS[i]!.includes('right');
        });
        assert.ok(right.length > 70, String(right.length));
      });
    }
  }
  test('does not depend on the order of the labels; one that all rows have is constant', () => {
    const a = fitSgd(DEFAULT, X, labelsOf(['right', 'up', 'all', 'none'])).model;
    const b = fitSgd(DEFAULT, X, labelsOf(['none', 'up', 'right', 'all'])).model;
    [2, 1, 3, 0].forEach((other, label) => {
      assert.equal(
        a.coefficients.slice(3 * label, 3 * label + 3),
        b.coefficients.slice(3 * other, 3 * other + 3),
      );
      assert.is(a.intercepts[label], b.intercepts[other]);
    });
    assert.equal([...a.intercepts.subarray(2)], [1, -1]);
  });
  test('says what did not converge, and that weights grow without end', () => {
    assert.equal(fitSgd({ ...DEFAULT, maxIter: 2 }, X, labelsOf(['right'])).unconverged, [0]);
    const steep = {
      ...DEFAULT,
      loss: 'squared_hinge',
      learningRate: 'constant',
      eta0: 1e300,
      penalty: 'none',
    } as const;
    assert.throws(() => fitSgd(steep, X, labelsOf(['right'])), 'grow without end');
    assert.throws(() => fitSgd({ ...DEFAULT, alpha: 0 }, X, labelsOf(['right'])), 'alpha is 0');
  });
});

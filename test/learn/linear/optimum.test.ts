import fc from 'fast-check';
import * as assert from 'uvu/assert';
import { binarizeLabels } from '../../../stages/learn/labels/index.ts';
import { decisionFunction, fitLinearSvc, type LinearSvcParams } from '../../../stages/learn/linear/index.ts';
import { csrFromRows } from '../../../stages/learn/sparse/index.ts';
import { suite } from '../../support/suite.ts';

const COLUMNS = 4;

const problems = fc.record({
  rows: fc.array(
    fc.uniqueArray(fc.tuple(fc.nat(COLUMNS - 1), fc.double({ min: -2, max: 2, noNaN: true })), {
      selector: ([column]) => column,
    }),
    { minLength: 2, maxLength: 10 },
  ),
  positives: fc.uniqueArray(fc.nat(9)),
  C: fc.constantFrom(0.1, 1, 5),
  classWeight: fc.constantFrom(undefined, 'balanced' as const),
  interceptScaling: fc.constantFrom(0, 1, 3),
});

/** `sum_i C_i max(0, 1 - y_i z_i) y_i x_i` twice is what balances the weights at the optimum of the squared hinge. */
suite('fitLinearSvc() ends where the gradient of its objective is 0', (test) => {
  test('for any rows, C, class weights and intercept scaling', () => {
    fc.assert(
      fc.property(problems, ({ rows, positives, C, classWeight, interceptScaling: s }) => {
        const X = csrFromRows(rows, COLUMNS);
        const y = rows.map((_, i) => (positives.includes(i) ? 1 : -1));
        const positive = y.filter((sign) => sign === 1).length;
        fc.pre(positive > 0 && positive < y.length);
        const Y = binarizeLabels(
          ['it'],
          y.map((sign) => (sign === 1 ? ['it'] : [])),
        ).matrix;
        const params: LinearSvcParams = {
          loss: 'squared_hinge',
          C,
          classWeight,
          interceptScaling: s,
          tol: 1e-10,
          maxIter: 1e6,
          seed: 1,
        };
        const { model, unconverged } = fitLinearSvc(params, X, Y);
        assert.equal(unconverged, []);
        const scores = decisionFunction(model, X);
        const weightOf = (sign: number): number =>
          classWeight === undefined ? 1 : y.length / (2 * (sign > 0 ? positive : y.length - positive));
        const gradient = [...model.coefficients, s === 0 ? 0 : model.intercepts[0]! / s];
        rows.forEach((row, i) => {
          const pull = 2 * C * weightOf(y[i]!) * Math.max(0, 1 - y[i]! * scores[i]!) * y[i]!;
          for (const [column, value] of row) gradient[column]! -= pull * value;
          gradient[COLUMNS]! -= pull * s;
        });
        for (const part of gradient) assert.ok(Math.abs(part) < 1e-6, gradient.join());
      }),
      { numRuns: 200 },
    );
  });
});

suite('decisionFunction()', (test) => {
  const model = {
    kind: 'linear' as const,
    labels: 2,
    features: 2,
    coefficients: Float64Array.from([1, 2, -1, 0.5]),
    intercepts: Float64Array.from([0.25, -0.25]),
  };
  const X = csrFromRows([[[0, 1]], [], [[1, 2]]], 2);
  const scores = decisionFunction(model, X);
  test('scores are products and the intercept', () => {
    assert.equal([...scores], [1.25, -1.25, 0.25, -0.25, 4.25, 0.75]);
  });
  test('other features are refused', () => {
    assert.throws(() => decisionFunction(model, csrFromRows([[]], 3)), /3 features, the model 2/);
  });
});

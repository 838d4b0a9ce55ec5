import fc from 'fast-check';
import * as assert from 'uvu/assert';
import { binarizeLabels, type LabelMatrix } from '../../../stages/learn/labels/index.ts';
import {
  decisionFunction,
  fitLogisticRegression,
  fitLogisticRegressionOnThreads,
  type LogisticRegressionParams,
} from '../../../stages/learn/linear/index.ts';
import { type Csr, csrFromRows } from '../../../stages/learn/sparse/index.ts';
import { suite, table } from '../../support/suite.ts';

const PARAMS: LogisticRegressionParams = {
  C: 1,
  classWeight: undefined,
  tol: 1e-4,
  maxIter: 100,
  intercept: { kind: 'free' },
};

const COLUMNS = 5;

const someRows = fc.array(
  fc.uniqueArray(fc.tuple(fc.nat(COLUMNS - 1), fc.double({ min: -2, max: 2, noNaN: true })), {
    selector: ([column]) => column,
  }),
  { minLength: 2, maxLength: 12 },
);

const labelsOf = (names: readonly string[], rows: number, isOn: (row: number, name: string) => boolean) =>
  binarizeLabels(
    names,
    Array.from({ length: rows }, (_, row) => names.filter((name) => isOn(row, name))),
  ).matrix;

suite('fitLogisticRegression() ends where the gradient of its objective is 0', (test) => {
  test('for any rows, C, class weights and intercept', () => {
    fc.assert(
      fc.property(
        fc.record({
          rows: someRows,
          positives: fc.uniqueArray(fc.nat(11)),
          C: fc.constantFrom(0.1, 1, 100),
          classWeight: fc.constantFrom(undefined, 'balanced' as const),
          intercept: fc.constantFrom(
            { kind: 'free' } as const,
            { kind: 'none' } as const,
            { kind: 'penalized', scaling: 3 } as const,
          ),
        }),
        ({ rows, positives, C, classWeight, intercept }) => {
          const X = csrFromRows(rows, COLUMNS);
          const isOn = (row: number): boolean => positives.includes(row);
          const count = rows.filter((_, row) => isOn(row)).length;
          fc.pre(count > 0 && count < rows.length);
          const params = { C, classWeight, intercept, tol: 1e-9, maxIter: 200 };
          const { model, unconverged } = fitLogisticRegression(
            params,
            X,
            labelsOf(['it'], rows.length, isOn),
          );
          assert.equal(unconverged, []);
          const scores = decisionFunction(model, X);
          const gradient = [...model.coefficients];
          const scaling = intercept.kind === 'penalized' ? intercept.scaling : 1;
          let ofIntercept = intercept.kind === 'penalized' ? model.intercepts[0]! / scaling : 0;
          rows.forEach((row, i) => {
            const own = isOn(i) ? count : rows.length - count;
            const weight = C * (classWeight === undefined ? 1 : rows.length / (2 * own));
            const pull = weight * ((isOn(i) ? 1 : 0) - 1 / (1 + Math.exp(-scores[i]!)));
            for (const [column, value] of row) gradient[column]! -= pull * value;
            ofIntercept -= pull * scaling;
          });
          for (const part of gradient) assert.ok(Math.abs(part) < 1e-6 * C * rows.length, gradient.join());
          if (intercept.kind === 'none') assert.is(model.intercepts[0], 0);
          else assert.ok(Math.abs(ofIntercept) < 1e-6 * C * rows.length);
        },
      ),
      { numRuns: 100 },
    );
  });
});

suite('fitLogisticRegression() fits a label to the bits that it has by itself', (test) => {
  const NAMES = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'];
  table(
    test,
    [
      { name: 'in single precision', tol: 1e-3, maxIter: 100 },
      { name: 'finished in double', tol: 1e-9, maxIter: 100 },
      { name: 'stopped early', tol: 1e-12, maxIter: 2 },
    ],
    ({ tol, maxIter }) => {
      fc.assert(
        fc.property(someRows, fc.nat(1000), (rows, salt) => {
          const X = csrFromRows(rows, COLUMNS);
          const isOn = (row: number, name: string): boolean =>
            (row * 5 + name.charCodeAt(0) * 11 + salt) % (name.charCodeAt(0) - 94) === 0;
          const params = { ...PARAMS, tol, maxIter };
          const together = fitLogisticRegression(params, X, labelsOf(NAMES, X.rows, isOn));
          const reversed = fitLogisticRegression(params, X, labelsOf(NAMES.toReversed(), X.rows, isOn));
          NAMES.forEach((name, label) => {
            const alone = fitLogisticRegression(params, X, labelsOf([name], X.rows, isOn));
            assert.equal(weightsOf(together, label), weightsOf(alone, 0));
            assert.equal(weightsOf(reversed, NAMES.length - 1 - label), weightsOf(alone, 0));
            assert.is(together.iterations[label], alone.iterations[0]);
            assert.is(together.unconverged.includes(label), alone.unconverged.length === 1);
          });
        }),
        { numRuns: 10 },
      );
    },
  );
  test('for any number of threads', async () => {
    const X = csrFromRows(
      Array.from({ length: 40 }, (_, i) => [[i % COLUMNS, 1 + (i % 3)] as const]),
      COLUMNS,
    );
    const Y = labelsOf([...NAMES, 'all', 'none'], 40, (row, name) =>
      name.length > 1 ? name === 'all' : (row + name.charCodeAt(0)) % 7 < 2,
    );
    const alone = fitLogisticRegression(PARAMS, X, Y);
    for (const threads of [1, 2, 3]) {
      const told: number[] = [];
      const onLabel = (done: number): void => void told.push(done);
      assert.equal(await fitLogisticRegressionOnThreads(PARAMS, X, Y, { threads, onLabel }), alone);
      assert.equal(
        told,
        Array.from({ length: 12 }, (_, i) => i + 1),
      );
    }
  });
});

const weightsOf = ({ model }: ReturnType<typeof fitLogisticRegression>, label: number): readonly number[] => [
  ...model.coefficients.subarray(label * model.features, (label + 1) * model.features),
  model.intercepts[label]!,
];

suite('fitLogisticRegression() on degenerate data', (test) => {
  const X = csrFromRows([[[0, 1]], [[1, 1]], []], 2);
  const of = (rows: number, ...on: readonly number[]): LabelMatrix =>
    labelsOf(['it'], rows, (row) => on.includes(row));
  test('a label in every row or in none has a constant score', () => {
    assert.equal([...fitLogisticRegression(PARAMS, X, of(3, 0, 1, 2)).model.intercepts], [1]);
    assert.equal([...fitLogisticRegression(PARAMS, X, of(3)).model.intercepts], [-1]);
  });
  test('empty rows alone give the odds of the label', () => {
    const empty = csrFromRows([[], [], [], []], 2);
    const { model } = fitLogisticRegression(PARAMS, empty, of(4, 3));
    assert.ok(Math.abs(model.intercepts[0]! - Math.log(1 / 3)) < 1e-4);
  });
  test('values far out are fitted, not overflown', () => {
    const far = csrFromRows([[[0, 1e6]], [[0, -1e6]], [[0, 2e6]]], 1);
    const { model, unconverged } = fitLogisticRegression({ ...PARAMS, tol: 1e-6 }, far, of(3, 0, 2));
    assert.equal(unconverged, []);
    assert.ok(model.coefficients[0]! > 0);
  });
  table(
    test,
    [
      { name: 'no row', X: csrFromRows([], 2), params: PARAMS, why: /no row/ },
      {
        name: 'NaN',
        X: { ...X, values: Float64Array.of(1, NaN) } as Csr,
        params: PARAMS,
        why: /not finite/,
      },
      { name: 'a C of 0', X, params: { ...PARAMS, C: 0 }, why: /C is 0/ },
      { name: 'a tol of NaN', X, params: { ...PARAMS, tol: NaN }, why: /tol is NaN/ },
    ].map((row) => ({ ...row, name: `${row.name} is refused` })),
    ({ X: data, params, why }) => {
      assert.throws(() => fitLogisticRegression(params, data, of(data.rows, 0)), why);
    },
  );
});

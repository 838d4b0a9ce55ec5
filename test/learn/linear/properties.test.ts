import fc from 'fast-check';
import * as assert from 'uvu/assert';
import { binarizeLabels, type LabelMatrix } from '../../../stages/learn/labels/index.ts';
import { fitLinearSvc, type LinearSvcParams } from '../../../stages/learn/linear/index.ts';
import { type Csr, csrFromRows } from '../../../stages/learn/sparse/index.ts';
import { suite, table } from '../../support/suite.ts';

const PARAMS: LinearSvcParams = {
  loss: 'squared_hinge',
  C: 1,
  classWeight: undefined,
  tol: 1e-4,
  maxIter: 1000,
  interceptScaling: 1,
  seed: 0,
};

const COLUMNS = 5;
const someX = fc
  .array(
    fc.uniqueArray(fc.tuple(fc.nat(COLUMNS - 1), fc.double({ min: -2, max: 2, noNaN: true })), {
      selector: ([j]) => j,
    }),
    {
      minLength: 2,
      maxLength: 12,
    },
  )
  .map((rows) => csrFromRows(rows, COLUMNS));

const labels = (
  names: readonly string[],
  X: Csr,
  isOn: (row: number, name: string) => boolean,
): LabelMatrix =>
  binarizeLabels(
    names,
    Array.from({ length: X.rows }, (_, i) => names.filter((name) => isOn(i, name))),
  ).matrix;

suite('fitLinearSvc() does not depend on the order of the labels', (test) => {
  test('the order of labels only orders the coefficients', () => {
    fc.assert(
      fc.property(someX, fc.nat(1000), (X, salt) => {
        const isOn = (row: number, name: string): boolean =>
          (row * 7 + name.charCodeAt(0) * 13 + salt) % 3 === 0;
        const forward = fitLinearSvc(PARAMS, X, labels(['a', 'b', 'c'], X, isOn));
        const backward = fitLinearSvc(PARAMS, X, labels(['c', 'b', 'a'], X, isOn));
        for (const [i, j] of [
          [0, 2],
          [1, 1],
          [2, 0],
        ] as const) {
          assert.equal(coefficients(forward, i), coefficients(backward, j));
        }
      }),
      { numRuns: 50 },
    );
  });
});

suite('fitLinearSvc() fits a label to the bits that it has by itself', (test) => {
  const NAMES = ['a', 'b', 'c', 'd', 'e', 'f'];
  table(
    test,
    [
      { name: 'in single precision', tol: 1e-3, maxIter: 1000 },
      { name: 'finished in double', tol: 1e-9, maxIter: 1000 },
      { name: 'stopped early', tol: 1e-12, maxIter: 7 },
    ],
    ({ tol, maxIter }) => {
      fc.assert(
        fc.property(someX, fc.nat(1000), (X, salt) => {
          const params = { ...PARAMS, tol, maxIter };
          const isOn = (row: number, name: string): boolean =>
            (row * 5 + name.charCodeAt(0) * 11 + salt) % (name.charCodeAt(0) - 94) === 0;
          const together = fitLinearSvc(params, X, labels(NAMES, X, isOn));
          NAMES.forEach((name, label) => {
            const alone = fitLinearSvc(params, X, labels([name], X, isOn));
            assert.equal(coefficients(together, label), coefficients(alone, 0));
            assert.is(together.iterations[label], alone.iterations[0]);
            assert.is(together.unconverged.includes(label), alone.unconverged.length === 1);
          });
        }),
        { numRuns: 20 },
      );
    },
  );
});

suite('fitLinearSvc() does not depend on how its rows are held', (test) => {
  const isOn = (row: number): boolean => row % 3 === 0;
  test('more features than two bytes can number change no bit', () => {
    fc.assert(
      fc.property(someX, fc.constantFrom(1e-3, 1e-9), (X, tol) => {
        const Y = labels(['a'], X, isOn);
        const narrow = fitLinearSvc({ ...PARAMS, tol }, X, Y);
        const wide = fitLinearSvc({ ...PARAMS, tol }, { ...X, columns: 70_000 }, Y);
        assert.equal([...wide.model.coefficients.subarray(0, COLUMNS)], [...narrow.model.coefficients]);
        assert.equal([...wide.model.intercepts], [...narrow.model.intercepts]);
      }),
      { numRuns: 10 },
    );
  });
  test('values of any size are fitted: X times a and C over a squared give w over a', () => {
    const X = csrFromRows([[[0, 1]], [[1, 1]], [[0, -1]], [[0, 0.5]]], 2);
    const Y = labels(['a'], X, isOn);
    const params = { ...PARAMS, tol: 1e-9, interceptScaling: 0 };
    const { coefficients: plain } = fitLinearSvc(params, X, Y).model;
    for (const a of [2 ** -30, 2 ** 30]) {
      const scaled = { ...X, values: X.values.map((value) => value * a) };
      const { model, unconverged } = fitLinearSvc({ ...params, C: 1 / a ** 2 }, scaled, Y);
      assert.equal(unconverged, []);
      model.coefficients.forEach((w, j) => {
        assert.ok(Math.abs(w * a - plain[j]!) < 1e-6);
      });
    }
  });
});

const coefficients = ({ model }: ReturnType<typeof fitLinearSvc>, label: number): readonly number[] => [
  ...model.coefficients.subarray(label * model.features, (label + 1) * model.features),
  model.intercepts[label]!,
];

suite('fitLinearSvc() on degenerate data', (test) => {
  const X = csrFromRows([[[0, 1]], [[1, 1]], []], 2);
  test('a label in every row or in none has a constant score', () => {
    const { model, iterations } = fitLinearSvc(
      PARAMS,
      X,
      labels(['all', 'none'], X, (_, name) => name === 'all'),
    );
    assert.equal([...model.intercepts], [1, -1]);
    assert.equal([...model.coefficients], [0, 0, 0, 0]);
    assert.equal([...iterations], [0, 0]);
  });
  test('an empty row is a row', () => {
    const { unconverged } = fitLinearSvc(
      PARAMS,
      X,
      labels(['last'], X, (row) => row === 2),
    );
    assert.equal(unconverged, []);
  });
  test('one pass that is not enough is reported', () => {
    const { unconverged } = fitLinearSvc(
      { ...PARAMS, maxIter: 1 },
      X,
      labels(['first'], X, (row) => row === 0),
    );
    assert.equal(unconverged, [0]);
  });
  test('no rows, NaN and a C of 0 are refused', () => {
    const none = csrFromRows([], 2);
    assert.throws(
      () =>
        fitLinearSvc(
          PARAMS,
          none,
          labels(['a'], none, () => true),
        ),
      /no row/,
    );
    assert.throws(() => csrFromRows([[[0, NaN]]], 1), /not finite/);
    const broken = { ...X, values: Float64Array.from([1, NaN]) };
    assert.throws(
      () =>
        fitLinearSvc(
          PARAMS,
          broken,
          labels(['a'], X, () => true),
        ),
      /not finite/,
    );
    assert.throws(
      () =>
        fitLinearSvc(
          { ...PARAMS, C: 0 },
          X,
          labels(['a'], X, () => true),
        ),
      /C is 0/,
    );
  });
});

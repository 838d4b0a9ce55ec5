import * as assert from 'uvu/assert';
import { decide } from '../../../stages/learn/decision/index.ts';
import { binarizeLabels, type LabelMatrix } from '../../../stages/learn/labels/index.ts';
import {
  decisionFunction,
  fitLinearSvc,
  fitLogisticRegression,
  type LinearSvcParams,
} from '../../../stages/learn/linear/index.ts';
import {
  countByLabel,
  f1Score,
  hammingLoss,
  macroAverage,
  sumCounts,
} from '../../../stages/learn/metrics/index.ts';
import { selectRows } from '../../../stages/learn/sparse/index.ts';
import { suite, table } from '../../support/suite.ts';
import { largestDifference, readDocuments, readGolden, withoutGolden } from '../golden.ts';
import { oneLabel, readProblem, readX } from './golden-problem.ts';

const TIGHT: LinearSvcParams = {
  loss: 'squared_hinge',
  C: 1,
  classWeight: undefined,
  tol: 1e-10,
  maxIter: 1_000_000,
  interceptScaling: 1,
  seed: 0,
};

interface Params {
  readonly C: number;
  readonly intercept_scaling?: number;
  readonly fit_intercept?: boolean;
  readonly class_weight?: 'balanced';
  readonly loss?: 'hinge';
  readonly solver?: 'liblinear';
}

suite('fitLinearSvc() at a tight tolerance finds the coefficients of LinearSVC to 1e-6', {
  skip: withoutGolden,
}, (test) => {
  const golden = readProblem<Params>();
  const X = readX(golden);
  const fits = golden.fits.filter(({ model }) => model === 'LinearSVC');
  table(
    test,
    fits.map((fit) => ({ ...fit, name: `${fit.label} ${JSON.stringify(fit.params)}` })),
    (fit) => {
      const { model, unconverged } = fitLinearSvc(
        {
          ...TIGHT,
          C: fit.params.C,
          loss: fit.params.loss ?? 'squared_hinge',
          classWeight: fit.params.class_weight,
          interceptScaling: fit.params.fit_intercept === false ? 0 : (fit.params.intercept_scaling ?? 1),
        },
        X,
        oneLabel(X.rows, golden.labels[fit.label]!),
      );
      assert.equal(unconverged, []);
      assert.ok(largestDifference(model.coefficients, fit.coef) < 1e-6);
      assert.ok(Math.abs(model.intercepts[0]! - fit.intercept) < 1e-6);
    },
  );
});

suite('fitLogisticRegression() at a tight tolerance finds the coefficients of LogisticRegression to 1e-6', {
  skip: withoutGolden,
}, (test) => {
  const golden = readProblem<Params>();
  const X = readX(golden);
  const fits = golden.fits.filter(({ model }) => model === 'LogisticRegression');
  const interceptOf = ({ fit_intercept, solver }: Params) => {
    if (fit_intercept === false) return { kind: 'none' } as const;
    return solver === 'liblinear'
      ? ({ kind: 'penalized', scaling: 1 } as const)
      : ({ kind: 'free' } as const);
  };
  table(
    test,
    fits.map((fit) => ({ ...fit, name: `${fit.label} ${JSON.stringify(fit.params)}` })),
    ({ params, label, coef, intercept }) => {
      const { model, unconverged } = fitLogisticRegression(
        {
          C: params.C,
          classWeight: params.class_weight,
          tol: 1e-11,
          maxIter: 100,
          intercept: interceptOf(params),
        },
        X,
        oneLabel(X.rows, golden.labels[label]!),
      );
      assert.equal(unconverged, []);
      assert.ok(largestDifference(model.coefficients, coef) < 1e-6);
      assert.ok(Math.abs(model.intercepts[0]! - intercept) < 1e-6);
    },
  );
});

interface GoldenOvr {
  readonly classes: readonly string[];
  readonly decision: readonly (readonly number[])[];
  readonly pred: readonly (readonly number[])[];
  readonly f1_micro: number;
  readonly f1_macro: number;
  readonly hamming: number;
}

suite('one-vs-rest classifiers score and predict as OneVsRestClassifier(LinearSVC)', {
  skip: withoutGolden,
}, (test) => {
  const golden = readGolden('ovr') as GoldenOvr;
  const X = readX(readProblem());
  const { tags } = readDocuments();
  const all = Array.from({ length: X.rows }, (_, i) => i);
  const [train, held] = [all.filter((i) => i % 4 !== 0), all.filter((i) => i % 4 === 0)];
  const labelsOf = (rows: readonly number[]): LabelMatrix =>
    binarizeLabels(
      golden.classes,
      rows.map((i) => tags[i]!),
    ).matrix;
  const { model } = fitLinearSvc(TIGHT, selectRows(X, train), labelsOf(train));
  const scores = decisionFunction(model, selectRows(X, held));
  const predicted = decide(
    { kind: 'fixed', threshold: 0, at_least_one: false, max_tags: null },
    scores,
    held.length,
    golden.classes.length,
  );
  test('scores', () => {
    assert.ok(largestDifference(scores, golden.decision.flat()) < 1e-6);
  });
  test('metrics of the predictions', () => {
    const counts = countByLabel(labelsOf(held), predicted);
    assert.ok(Math.abs(f1Score(sumCounts(counts), 0)! - golden.f1_micro) < 1e-9);
    assert.ok(Math.abs(macroAverage(counts.map((count) => f1Score(count, 0)))! - golden.f1_macro) < 1e-9);
    assert.ok(Math.abs(hammingLoss(labelsOf(held), predicted)! - golden.hamming) < 1e-9);
  });
});

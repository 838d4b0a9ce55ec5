import fc from 'fast-check';
import * as assert from 'uvu/assert';
import { binarizeLabels, type LabelMatrix } from '../../../stages/learn/labels/index.ts';
import {
  averageScore,
  type Counts,
  countByLabel,
  countByRow,
  f1Score,
  fBetaScore,
  hammingLoss,
  jaccardScore,
  precisionScore,
  recallScore,
  subsetAccuracyScore,
  type ZeroDivision,
} from '../../../stages/learn/metrics/index.ts';
import { suite, table } from '../../support/suite.ts';
import { largestDifference, readGolden, withoutGolden } from '../golden.ts';

type Table = readonly (readonly number[])[];

function matrixOf(cells: Table, labels: number): LabelMatrix {
  const names = Array.from({ length: labels }, (_, j) => String(j));
  return binarizeLabels(
    names,
    cells.map((row) => names.filter((_, j) => row[j] === 1)),
  ).matrix;
}

interface Golden {
  readonly Y_true: Table;
  readonly Y_pred: Table;
  readonly by_zero_division: Readonly<Record<string, Readonly<Record<string, number | readonly number[]>>>>;
  readonly hamming_loss: number;
  readonly subset_accuracy: number;
}

const SCORES = {
  precision: precisionScore,
  recall: recallScore,
  f1: f1Score,
  'fbeta0.5': fBetaScore(0.5),
  jaccard: jaccardScore,
} as const;

suite('metrics are those of scikit-learn', { skip: withoutGolden }, (test) => {
  const golden = readGolden('metrics') as Golden;
  const labels = golden.Y_true[0]!.length;
  const [Y, predicted] = [matrixOf(golden.Y_true, labels), matrixOf(golden.Y_pred, labels)];
  const counts = countByLabel(Y, predicted);
  const rows = (['0.0', '1.0', 'nan'] as const).flatMap((key) =>
    (Object.keys(SCORES) as (keyof typeof SCORES)[])
      // scikit-learn's jaccard_score does not leave labels out.
      .filter((score) => key !== 'nan' || score !== 'jaccard')
      .map((score) => ({
        name: `${score}, zero_division ${key}`,
        key,
        score,
      })),
  );
  table(test, rows, ({ key, score }) => {
    const zeroDivision: ZeroDivision = key === 'nan' ? undefined : (Number(key) as 0 | 1);
    const wanted = golden.by_zero_division[key]!;
    const one = (count: Counts): number | undefined => SCORES[score](count, zeroDivision);
    const averages = (['micro', 'macro', 'weighted', 'samples'] as const).filter(
      (average) => wanted[`${score}_${average}`] !== undefined,
    );
    const got = [
      ...averages.map((average) => averageScore(average, SCORES[score], Y, predicted, zeroDivision)),
      ...counts.map(one),
    ].map((value) => value ?? NaN);
    const expected = [...averages, 'None'].flatMap((average) => wanted[`${score}_${average}`]!);
    assert.ok(largestDifference(got, expected) < 1e-11, `${got.join()} is not ${expected.join()}`);
  });
  test('hamming loss and subset accuracy', () => {
    assert.ok(Math.abs(hammingLoss(Y, predicted)! - golden.hamming_loss) < 1e-11);
    assert.ok(Math.abs(subsetAccuracyScore(Y, predicted)! - golden.subset_accuracy) < 1e-11);
  });
});

suite('metrics agree with their definitions, cell by cell', (test) => {
  const cell = fc.constantFrom(0, 1);
  const tables = fc
    .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 4 }))
    .chain(([rows, labels]) => {
      const someTable = fc.array(fc.array(cell, { minLength: labels, maxLength: labels }), {
        minLength: rows,
        maxLength: rows,
      });
      return fc.record({ Y: someTable, P: someTable, labels: fc.constant(labels) });
    });
  test('counts, hamming loss, subset accuracy', () => {
    fc.assert(
      fc.property(tables, ({ Y, P, labels }) => {
        const [wanted, got] = [matrixOf(Y, labels), matrixOf(P, labels)];
        const count = (y: number, p: number, j: number): number =>
          Y.filter((row, i) => row[j] === y && P[i]![j] === p).length;
        const expected = Array.from({ length: labels }, (_, j) => ({
          truePositives: count(1, 1, j),
          falsePositives: count(0, 1, j),
          falseNegatives: count(1, 0, j),
        }));
        assert.equal(countByLabel(wanted, got), expected);
        assert.equal(
          countByRow(wanted, got),
          Y.map((row, i) => {
            const cells = (y: number, p: number): number =>
              row.filter((value, j) => value === y && P[i]![j] === p).length;
            return { truePositives: cells(1, 1), falsePositives: cells(0, 1), falseNegatives: cells(1, 0) };
          }),
        );
        const wrong = Y.flatMap((row, i) => row.filter((value, j) => value !== P[i]![j])).length;
        assert.is(hammingLoss(wanted, got), wrong / (Y.length * labels));
        const exact = Y.filter((row, i) => row.every((value, j) => value === P[i]![j])).length;
        assert.is(subsetAccuracyScore(wanted, got), exact / Y.length);
      }),
    );
  });
  test('shapes must agree', () => {
    assert.throws(() => countByLabel(matrixOf([[1]], 1), matrixOf([[1, 0]], 2)), /Shapes differ/);
  });
});

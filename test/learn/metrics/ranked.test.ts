import fc from 'fast-check';
import * as assert from 'uvu/assert';
import { binarizeLabels, type LabelMatrix } from '../../../stages/learn/labels/index.ts';
import {
  averageScore,
  bootstrapMicroF1,
  type Counts,
  coverageErrorLoss,
  fBetaScore,
  jaccardScore,
  labelRankingAveragePrecisionScore,
  microF1Estimate,
  precisionAtScore,
  recallAtScore,
} from '../../../stages/learn/metrics/index.ts';
import { createRandom, randomInteger } from '../../../stages/learn/random/index.ts';
import { suite } from '../../support/suite.ts';
import { readGolden, withoutGolden } from '../golden.ts';

type Table = readonly (readonly number[])[];

function matrixOf(cells: Table, labels: number): LabelMatrix {
  const names = Array.from({ length: labels }, (_, j) => String(j));
  return binarizeLabels(
    names,
    cells.map((row) => names.filter((_, j) => row[j] === 1)),
  ).matrix;
}

const near = (a: number | undefined, b: number, tolerance = 1e-11): void => {
  assert.ok(Math.abs(a! - b) <= tolerance, `${a} is not ${b}`);
};

interface Golden {
  readonly Y_true: Table;
  readonly score: Table;
  readonly lrap: number;
  readonly coverage_error: number;
  readonly at_k: Readonly<Record<string, { readonly p: number; readonly r: number }>>;
}

suite('scores of ranked labels are those of scikit-learn', { skip: withoutGolden }, (test) => {
  const golden = readGolden('metrics') as Golden;
  const Y = matrixOf(golden.Y_true, golden.Y_true[0]!.length);
  const scores = Float64Array.from(golden.score.flat());
  test('LRAP and coverage error', () => {
    near(labelRankingAveragePrecisionScore(Y, scores), golden.lrap);
    near(coverageErrorLoss(Y, scores), golden.coverage_error);
  });
  test('precision and recall at k', () => {
    for (const [k, { p, r }] of Object.entries(golden.at_k)) {
      near(precisionAtScore(Y, scores, Number(k)), p);
      near(recallAtScore(Y, scores, Number(k)), r);
    }
  });
});

/** True cells and scores with many ties. */
const problems = fc
  .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 5 }))
  .chain(([rows, labels]) => {
    const tableOf = (cell: fc.Arbitrary<number>) =>
      fc.array(fc.array(cell, { minLength: labels, maxLength: labels }), {
        minLength: rows,
        maxLength: rows,
      });
    return fc.record({
      labels: fc.constant(labels),
      Y: tableOf(fc.constantFrom(0, 1)),
      P: tableOf(fc.constantFrom(0, 1)),
      S: tableOf(fc.integer({ min: -2, max: 2 })),
    });
  });

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
const truthsOf = (row: readonly number[]): readonly number[] =>
  row.flatMap((value, j) => (value === 1 ? [j] : []));

suite('metrics agree with their definitions, label by label', (test) => {
  test('LRAP, coverage error, precision and recall at k', () => {
    fc.assert(
      fc.property(problems, fc.integer({ min: 1, max: 7 }), ({ Y, S, labels }, k) => {
        const matrix = matrixOf(Y, labels);
        const scores = Float64Array.from(S.flat());
        const lrap = Y.map((row, i) => {
          const truths = truthsOf(row);
          if (truths.length === 0 || truths.length === labels) return 1;
          return mean(
            truths.map((j) => {
              const above = S[i]!.flatMap((score, other) => (score >= S[i]![j]! ? [other] : []));
              return above.filter((other) => row[other] === 1).length / above.length;
            }),
          );
        });
        near(labelRankingAveragePrecisionScore(matrix, scores), mean(lrap));
        const coverage = Y.map((row, i) => {
          const least = Math.min(...truthsOf(row).map((j) => S[i]![j]!));
          return S[i]!.filter((score) => score >= least).length;
        });
        near(coverageErrorLoss(matrix, scores), mean(coverage));
        const hits = Y.map((row, i) => {
          const best = row.map((_, j) => j).sort((a, b) => S[i]![b]! - S[i]![a]! || a - b);
          return best.slice(0, k).filter((j) => row[j] === 1).length;
        });
        near(precisionAtScore(matrix, scores, k), mean(hits.map((count) => count / k)));
        const recalls = Y.flatMap((row, i) => {
          const truths = truthsOf(row).length;
          return truths === 0 ? [] : [hits[i]! / truths];
        });
        const recall = recallAtScore(matrix, scores, k);
        if (recalls.length === 0) assert.is(recall, undefined);
        else near(recall, mean(recalls));
      }),
    );
  });

  test('averages of F-beta and Jaccard, with each zero_division', () => {
    const zeroes = fc.constantFrom<0 | 1 | undefined>(0, 1, undefined);
    fc.assert(
      fc.property(problems, zeroes, fc.constantFrom(0, 0.5, 1, 2), ({ Y, P, labels }, zero, beta) => {
        const [wanted, got] = [matrixOf(Y, labels), matrixOf(P, labels)];
        const scoresOf = (yes: Table, given: Table) =>
          yes.map((row, i) => {
            const [tp, fp, fn] = [
              [1, 1],
              [0, 1],
              [1, 0],
            ].map(([y, p]) => row.filter((value, j) => value === y && given[i]![j] === p).length) as [
              number,
              number,
              number,
            ];
            const whole = (1 + beta ** 2) * tp + beta ** 2 * fn + fp;
            return {
              support: tp + fn,
              beta: whole === 0 ? zero : ((1 + beta ** 2) * tp) / whole,
              jaccard: tp + fp + fn === 0 ? zero : tp / (tp + fp + fn),
            };
          });
        const turn = (cells: Table): Table =>
          Array.from({ length: labels }, (_, j) => cells.map((row) => row[j]!));
        const all = (cells: Table): Table => [cells.flat()];
        const byAverage = {
          micro: scoresOf(all(Y), all(P)),
          macro: scoresOf(turn(Y), turn(P)),
          weighted: scoresOf(turn(Y), turn(P)),
          samples: scoresOf(Y, P),
        };
        for (const average of ['micro', 'macro', 'weighted', 'samples'] as const) {
          for (const score of ['beta', 'jaccard'] as const) {
            const ours = averageScore(
              average,
              score === 'beta' ? fBetaScore(beta) : jaccardScore,
              wanted,
              got,
              zero,
            );
            const parts = byAverage[average].filter((part) => part[score] !== undefined);
            const weights = parts.map(({ support }) =>
              average === 'weighted' && parts.some((part) => part.support > 0) ? support : 1,
            );
            const sum = weights.reduce((total, weight) => total + weight, 0);
            if (sum === 0) assert.is(ours, undefined, average);
            else near(ours, parts.reduce((total, part, i) => total + weights[i]! * part[score]!, 0) / sum);
          }
        }
      }),
    );
  });

  test('nothing to score is undefined, and what has no meaning is refused', () => {
    const empty = matrixOf([], 2);
    const none = new Float64Array(0);
    assert.is(labelRankingAveragePrecisionScore(empty, none), undefined);
    assert.is(coverageErrorLoss(empty, none), undefined);
    assert.is(precisionAtScore(empty, none, 1), undefined);
    assert.is(recallAtScore(empty, none, 1), undefined);
    assert.throws(() => precisionAtScore(matrixOf([[1]], 1), new Float64Array(2), 1), /Shapes differ/);
    assert.throws(() => precisionAtScore(empty, none, 0), /best 0 labels/);
    assert.throws(() => fBetaScore(-1), /beta is -1/);
  });
});

suite('bootstrapMicroF1()', (test) => {
  const random = createRandom('questions to draw again');
  const questions = Array.from({ length: 400 }, (): Counts => {
    const truePositives = randomInteger(random, 4);
    return {
      truePositives,
      falsePositives: randomInteger(random, 2),
      falseNegatives: randomInteger(random, 3),
    };
  });
  test('says what the closed form says', () => {
    const [closed, drawn] = [microF1Estimate(questions)!, bootstrapMicroF1(questions, 4000, 1)!];
    assert.is(drawn.value, closed.value);
    assert.ok(Math.abs(drawn.standardError / closed.standardError - 1) < 0.05, 'standard error');
    near(drawn.low, closed.low, 0.1 * closed.standardError + 0.002);
    near(drawn.high, closed.high, 0.1 * closed.standardError + 0.002);
  });
  test('the same seed gives the same bits, another one others', () => {
    assert.equal(bootstrapMicroF1(questions, 50, 1), bootstrapMicroF1(questions, 50, 1));
    assert.not.equal(bootstrapMicroF1(questions, 50, 1), bootstrapMicroF1(questions, 50, 2));
  });
  test('has nothing to say of one question, or of nothing true or predicted', () => {
    const nothing: Counts = { truePositives: 0, falsePositives: 0, falseNegatives: 0 };
    assert.is(bootstrapMicroF1(questions.slice(0, 1), 10, 0), undefined);
    assert.is(bootstrapMicroF1([nothing, nothing], 10, 0), undefined);
  });
});

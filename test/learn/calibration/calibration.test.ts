import fc from 'fast-check';
import * as assert from 'uvu/assert';
import {
  applyCalibration,
  applyIsotonic,
  applyPlatt,
  type CalibrationSettings,
  fitCalibration,
  fitIsotonic,
  fitPlatt,
} from '../../../stages/learn/calibration/index.ts';
import { binarizeLabels, type LabelMatrix } from '../../../stages/learn/labels/index.ts';
import { suite } from '../../support/suite.ts';

const score = fc.integer({ min: -30, max: 30 }).map((tenths) => tenths / 10);
const pairs = fc.array(fc.tuple(score, fc.nat(1)), { minLength: 1, maxLength: 40 });

suite('fitPlatt() finds the optimum', (test) => {
  test('where no small step is better', () => {
    fc.assert(
      fc.property(pairs, (rows) => {
        const scores = rows.map(([s]) => s);
        const labels = rows.map(([, label]) => label);
        const { slope, intercept } = fitPlatt(scores, labels);
        const best = crossEntropy(scores, labels, slope, intercept);
        for (const [da, db] of [
          [1e-3, 0],
          [-1e-3, 0],
          [0, 1e-3],
          [0, -1e-3],
        ] as const) {
          assert.ok(crossEntropy(scores, labels, slope + da, intercept + db) >= best - 1e-9);
        }
      }),
      { numRuns: 100 },
    );
  });
  test('and stays away from 0 and 1 where the labels are apart', () => {
    const model = fitPlatt([-2, -1, 1, 2], [0, 0, 1, 1]);
    const [low, high] = [applyPlatt(model, -2), applyPlatt(model, 2)];
    assert.ok(low > 0.1 && low < 0.3 && high > 0.7 && high < 0.9, `${low}, ${high}`);
  });
});

/** Of Platt's targets. */
function crossEntropy(
  scores: readonly number[],
  labels: readonly number[],
  slope: number,
  intercept: number,
): number {
  const positives = labels.filter((label) => label === 1).length;
  const high = (positives + 1) / (positives + 2);
  const low = 1 / (labels.length - positives + 2);
  return scores.reduce((sum, s, i) => {
    const p = 1 / (1 + Math.exp(slope * s + intercept));
    const target = labels[i] === 1 ? high : low;
    return sum - target * Math.log(p) - (1 - target) * Math.log(1 - p);
  }, 0);
}

suite('fitIsotonic()', (test) => {
  test('never falls, keeps the mean, and no pool of neighbours is better apart', () => {
    fc.assert(
      fc.property(pairs, (rows) => {
        const scores = rows.map(([s]) => s);
        const labels = rows.map(([, label]) => label);
        const model = fitIsotonic(scores, labels);
        const fitted = scores.map((s) => applyIsotonic(model, s));
        for (let i = 1; i < model.probabilities.length; i++) {
          assert.ok(model.probabilities[i]! >= model.probabilities[i - 1]!);
          assert.ok(model.scores[i]! > model.scores[i - 1]!);
        }
        const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
        assert.ok(Math.abs(sum(fitted) - sum(labels)) < 1e-9);
        // The max-min formula of isotonic regression.
        for (const s of scores) {
          const above = Math.max(
            ...scores
              .filter((from) => from <= s)
              .map((from) =>
                Math.min(
                  ...scores
                    .filter((to) => to >= s)
                    .map((to) => {
                      const between = labels.filter((_, i) => scores[i]! >= from && scores[i]! <= to);
                      return sum(between) / between.length;
                    }),
                ),
              ),
          );
          assert.ok(Math.abs(above - applyIsotonic(model, s)) < 1e-9);
        }
      }),
      { numRuns: 60 },
    );
  });
  test('refuses no score, another length and NaN', () => {
    assert.throws(() => fitIsotonic([], []), /no score/);
    assert.throws(() => fitIsotonic([1], []), /1 scores and 0 labels/);
    assert.throws(() => fitPlatt([1, NaN], [0, 1]), /not finite/);
  });
});

const NAMES = ['a', 'b', 'c', 'd'];
const someCells = fc.array(fc.tuple(fc.tuple(score, score, score, score), fc.subarray(NAMES)), {
  minLength: 1,
  maxLength: 15,
});
const kinds = fc.constantFrom<CalibrationSettings['kind']>('platt', 'isotonic');

function ordered(
  cells: readonly (readonly [readonly number[], readonly string[]])[],
  order: readonly number[],
) {
  const names = order.map((k) => NAMES[k]!);
  const scores = Float64Array.from(cells.flatMap(([row]) => order.map((k) => row[k]!)));
  const Y: LabelMatrix = binarizeLabels(
    names,
    cells.map(([, tags]) => tags),
  ).matrix;
  return { scores, Y };
}

suite('fitCalibration()', (test) => {
  test('gives the same bits whatever the order of the labels', () => {
    fc.assert(
      fc.property(someCells, kinds, fc.nat(6), (cells, kind, min_support) => {
        const settings = { kind, min_support: min_support + 1 };
        const forward = ordered(cells, [0, 1, 2, 3]);
        const other = ordered(cells, [2, 0, 3, 1]);
        const p = applyCalibration(fitCalibration(settings, forward.scores, forward.Y), forward.scores);
        const q = applyCalibration(fitCalibration(settings, other.scores, other.Y), other.scores);
        cells.forEach((_, row) => {
          [2, 0, 3, 1].forEach((label, k) => {
            assert.is(q[row * 4 + k], p[row * 4 + label]);
          });
        });
        assert.ok(p.every((value) => value >= 0 && value <= 1));
      }),
      { numRuns: 60 },
    );
  });
  test('lets rare labels share a curve, and others have their own', () => {
    const cells: readonly (readonly [readonly number[], readonly string[]])[] = Array.from(
      { length: 8 },
      (_, i) => [[i, -i, i % 3, 1], i < 4 ? ['a', 'b'] : i < 5 ? ['c'] : []] as const,
    );
    const { scores, Y } = ordered(cells, [0, 1, 2, 3]);
    const calibration = fitCalibration({ kind: 'platt', min_support: 4 }, scores, Y);
    const { curves } = calibration;
    assert.is.not(curves[0], curves[1]);
    assert.is(curves[2], curves[3]);
    const alone = fitPlatt(
      cells.map(([row]) => row[1]!),
      cells.map(([, tags]) => (tags.includes('b') ? 1 : 0)),
    );
    const probabilities = applyCalibration(calibration, scores);
    cells.forEach(([row], i) => {
      assert.ok(Math.abs(probabilities[i * 4 + 1]! - applyPlatt(alone, row[1]!)) < 1e-12);
    });
  });
  test('refuses another shape', () => {
    const { Y } = ordered([[[0, 0, 0, 0], ['a']]], [0, 1, 2, 3]);
    assert.throws(
      () => fitCalibration({ kind: 'platt', min_support: 1 }, new Float64Array(3), Y),
      /3 scores, not of shape \(1, 4\)/,
    );
  });
});

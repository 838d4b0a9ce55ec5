import fc from 'fast-check';
import * as assert from 'uvu/assert';
import { decide, thresholdCurve } from '../../../stages/learn/decision/index.ts';
import {
  countByLabel,
  f1Score,
  precisionScore,
  recallScore,
  sumCounts,
} from '../../../stages/learn/metrics/index.ts';
import { suite } from '../../support/suite.ts';
import { labelMatrix, scored, scoredQuestions } from './scored.ts';

suite('thresholdCurve() is what decide() gives at each threshold', (test) => {
  test('at few points and at many', () => {
    fc.assert(
      fc.property(scoredQuestions, fc.integer({ min: 4, max: 40 }), ({ scores, Y }, most) => {
        const curve = thresholdCurve(scores, Y, most);
        assert.ok(curve.length <= most, `${curve.length} points`);
        for (const { threshold, precision, recall, f1 } of curve) {
          const decision = { kind: 'fixed', threshold, at_least_one: false, max_tags: null } as const;
          const counts = sumCounts(countByLabel(Y, decide(decision, scores, Y.rows, Y.labels)));
          assert.equal(
            [precision, recall, f1],
            [precisionScore(counts, undefined), recallScore(counts, undefined), f1Score(counts, undefined)],
          );
        }
      }),
    );
  });
});

suite('thresholdCurve() has round thresholds', (test) => {
  const data = scored([
    [
      [-1.27, 0],
      [0.4, 1],
    ],
    [
      [0.9, 1],
      [-0.3, 0],
    ],
  ]);
  const at = (most: number): readonly number[] =>
    thresholdCurve(data.scores, data.Y, most).map(({ threshold }) => threshold);
  test('from below all scores to above them, 0 among them', () => {
    assert.equal(at(8), [-1.5, -1, -0.5, 0, 0.5, 1]);
    assert.equal(at(16), [-1.4, -1.2, -1, -0.8, -0.6, -0.4, -0.2, 0, 0.2, 0.4, 0.6, 0.8, 1]);
  });
  test('everything is given at the first, nothing at the last', () => {
    const curve = thresholdCurve(data.scores, data.Y, 200);
    assert.equal(
      [curve[0]!.recall, curve[0]!.precision, curve.at(-1)!.recall, curve.at(-1)!.precision],
      [1, 0.5, 0, undefined],
    );
  });
  test('where all scores are equal: one below, one at or above', () => {
    const Y = labelMatrix([[1], [0]], 1);
    for (const score of [0, 1, -0.1, 1e9]) {
      const curve = thresholdCurve(Float64Array.of(score, score), Y, 200);
      assert.equal(
        curve.map(({ recall }) => recall),
        [1, 0],
        String(score),
      );
    }
  });
  test('none without questions', () => {
    assert.equal(thresholdCurve(new Float64Array(), labelMatrix([], 2), 200), []);
  });
});

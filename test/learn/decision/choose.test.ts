import * as assert from 'uvu/assert';
import {
  chooseDecision,
  type Decision,
  type DecisionSettings,
  decide,
  microF1,
} from '../../../stages/learn/decision/index.ts';
import { suite, table } from '../../support/suite.ts';
import { largestDifference, readGolden, withoutGolden } from '../golden.ts';
import { labelMatrix, rowsOf, type Scored, SETTINGS, scored } from './scored.ts';

const choose = (data: Scored, settings: Partial<DecisionSettings> = {}): Decision =>
  chooseDecision({ ...SETTINGS, ...settings }, data.scores, data.Y);

function thresholdOf(decision: Decision): number {
  assert.is(decision.kind, 'global');
  return decision.kind === 'global' ? decision.threshold : NaN;
}

suite('chooseDecision() puts a threshold', (test) => {
  table<{ name: string; cells: readonly (readonly [number, number])[]; threshold: number }>(
    test,
    [
      {
        name: 'midway between the lowest score that is given and the next',
        cells: [
          [3, 1],
          [1, 1],
          [-0.5, 0],
          [-2, 1],
          [-2, 0],
          [-2, 0],
          [-2, 0],
        ],
        threshold: 0.25,
      },
      {
        name: 'at the highest of two that are equally good',
        cells: [
          [2, 1],
          [1, 0],
          [0, 1],
          [0, 0],
        ],
        // F1 is 2/3 above 1 and below 0.
        threshold: 1.5,
      },
      {
        name: 'at the lower of two neighbours that have no number between them',
        cells: [
          [1 + Number.EPSILON, 1],
          [1, 0],
        ],
        threshold: 1,
      },
      {
        name: 'below all scores where all are true',
        cells: [
          [2, 1],
          [-3, 1],
        ],
        threshold: -7,
      },
      {
        name: 'at the highest score where none is true: nothing is given',
        cells: [
          [2, 0],
          [1, 0],
        ],
        threshold: 2,
      },
      {
        name: 'below equal scores where giving all is best',
        cells: [
          [1, 1],
          [1, 0],
          [1, 0],
        ],
        threshold: -1,
      },
      { name: 'at 0 where there is no question', cells: [], threshold: 0 },
    ],
    ({ cells, threshold }) => {
      const Y = labelMatrix(
        cells.map(([, truth]) => [truth]),
        1,
      );
      const scores = Float64Array.from(cells, ([score]) => score);
      assert.is(thresholdOf(choose({ scores, Y })), threshold);
    },
  );
});

suite('chooseDecision() lets rare tags share a threshold', (test) => {
  const data = scored([
    [
      [5, 1],
      [0.5, 1],
      [-1, 1],
    ],
    [
      [4, 1],
      [0, 0],
      [-3, 0],
    ],
    [
      [3, 0],
      [0, 0],
      [-3, 0],
    ],
  ]);
  const thresholds = (min_support: number): readonly number[] => {
    const decision = choose(data, { kind: 'per_tag', min_support });
    return decision.kind === 'per_tag' ? decision.thresholds : [];
  };
  test('with support for all each tag has its own', () => {
    assert.equal(thresholds(1), [3.5, 0.25, -2]);
  });
  test('below the support the best for all of them together', () => {
    const [own, ...shared] = thresholds(2);
    assert.is(own, 3.5);
    assert.is(shared[0], shared[1]);
  });
});

suite('chooseDecision() takes from the settings what is not learned', (test) => {
  const data = scored([[[0, 1]]]);
  test('a threshold', () => {
    assert.equal(choose(data, { kind: 'fixed', threshold: 0.5 }), {
      kind: 'fixed',
      threshold: 0.5,
      at_least_one: false,
      max_tags: null,
    });
  });
  test('a number of tags', () => {
    assert.equal(choose(data, { kind: 'top_k', top_k: 3, max_tags: 2 }), {
      kind: 'top_k',
      k: 3,
      at_least_one: false,
      max_tags: 2,
    });
  });
});

suite('chooseDecision() with nothing true gives nothing', (test) => {
  for (const kind of ['global', 'per_tag', 'per_rank'] as const) {
    test(kind, () => {
      const data = scored([
        [
          [1, 0],
          [2, 0],
        ],
        [
          [3, 0],
          [-1, 0],
        ],
      ]);
      const decision = choose(data, { kind });
      assert.equal(rowsOf(decide(decision, data.scores, 2, 2)), [[], []]);
      assert.is(microF1(decision, data.scores, data.Y), 0);
    });
  }
});

suite('chooseDecision() refuses a score that is not a number', (test) => {
  for (const kind of ['fixed', 'global', 'per_tag', 'per_rank', 'top_k'] as const) {
    test(kind, () => {
      const data = scored([
        [
          [1, 0],
          [NaN, 1],
        ],
      ]);
      assert.throws(() => choose(data, { kind }), /Score NaN of question 0, label 1 is not finite/);
    });
  }
});

interface GoldenMetrics {
  readonly Y_true: readonly (readonly number[])[];
  readonly score: readonly (readonly number[])[];
}

interface GoldenThresholds {
  readonly best: readonly { readonly f1: number; readonly t: number }[];
}

suite("chooseDecision() agrees with scikit-learn's F1 at every threshold", {
  skip: withoutGolden,
}, (test) => {
  const { Y_true: truths, score } = readGolden('metrics') as GoldenMetrics;
  const { best } = readGolden('thresholds') as GoldenThresholds;
  best.forEach(({ f1, t }, label) => {
    test(`label ${label}`, () => {
      const Y = labelMatrix(
        truths.map((row) => [row[label]!]),
        1,
      );
      const scores = Float64Array.from(score, (row) => row[label]!);
      const decision = choose({ scores, Y });
      assert.ok(largestDifference([microF1(decision, scores, Y)], [f1]) < 1e-11);
      // Theirs is the lowest score that is given; where none is true they give the highest all the same.
      const given = [...scores].filter((one) => one > thresholdOf(decision));
      assert.equal(given.length === 0 ? f1 : Math.min(...given), given.length === 0 ? 0 : t);
    });
  });
});

import { execFileSync } from 'node:child_process';
import * as assert from 'uvu/assert';
import { applyIsotonic, applyPlatt, fitIsotonic, fitPlatt } from '../../../stages/learn/calibration/index.ts';
import { createRandom } from '../../../stages/learn/random/index.ts';
import { ROOT } from '../../support/golden-file.ts';
import { suite, table, unless } from '../../support/suite.ts';
import { largestDifference } from '../golden.ts';

const PYTHON = process.env['DVC_LIKE_PYTHON'];
const skip = unless(PYTHON !== undefined, 'DVC_LIKE_PYTHON names no Python with scikit-learn');

interface Case {
  readonly name: string;
  readonly scores: readonly number[];
  readonly labels: readonly number[];
}

/** Scores about -1, true ones about 0; `digits` rounds them, so that some are equal. */
function drawn(name: string, rows: number, positives: number, digits: number, scale = 1): Case {
  const random = createRandom(name);
  const labels = Array.from({ length: rows }, (_, i) => (i < positives ? 1 : 0));
  const scores = labels.map((label) => {
    const noise = random() + random() + random() - 1.5;
    return scale * Number((label - 1 + noise).toFixed(digits));
  });
  return { name, scores, labels };
}

const CASES: readonly Case[] = [
  drawn('many', 800, 200, 15),
  drawn('few of many', 1000, 3, 15),
  drawn('scores that are equal', 300, 60, 1),
  drawn('large scores', 300, 60, 15, 1000),
  drawn('large scores beyond the threshold of rescaling', 300, 150, 15, 25),
  { name: 'none true', scores: [0.1, -0.3, 0.8], labels: [0, 0, 0] },
  { name: 'all true', scores: [0.1, -0.3, 0.8], labels: [1, 1, 1] },
  { name: 'one', scores: [0.5], labels: [1] },
  { name: 'apart', scores: [-2, -1, 1, 2], labels: [0, 0, 1, 1] },
  { name: 'the wrong way round', scores: [-2, -1, 1, 2], labels: [1, 1, 0, 0] },
  { name: 'all equal', scores: [0.25, 0.25, 0.25], labels: [0, 1, 0] },
];

const pointsOf = ({ scores }: Case): readonly number[] => {
  const [low, high] = [Math.min(...scores), Math.max(...scores)];
  // Equal scores say nothing of others: there any sigmoid through one point is an optimum.
  if (low === high) return [low];
  const inside = Array.from({ length: 41 }, (_, i) => low + ((high - low) * i) / 40);
  return [low - 1, ...inside, ...scores.slice(0, 20), high + 1];
};

suite("calibration gives scikit-learn's probabilities", { skip }, (test) => {
  let answers: readonly { readonly platt: readonly number[]; readonly isotonic: readonly number[] }[] = [];
  test('which are at hand', () => {
    const input = JSON.stringify({ cases: CASES.map((each) => ({ ...each, at: pointsOf(each) })) });
    const script = `${ROOT}test/learn/calibration/sklearn_calibration.py`;
    answers = JSON.parse(execFileSync(PYTHON!, [script], { input, encoding: 'utf8' })) as typeof answers;
    assert.is(answers.length, CASES.length);
  });
  table(
    test,
    CASES.map((each, i) => ({ ...each, i })),
    (each) => {
      const at = pointsOf(each);
      const { platt, isotonic } = answers[each.i]!;
      const sigmoid = fitPlatt(each.scores, each.labels);
      const steps = fitIsotonic(each.scores, each.labels);
      const ours = at.map((score) => applyPlatt(sigmoid, score));
      // Theirs ends where the gradient is below 1e-6 a step before the optimum.
      assert.ok(largestDifference(ours, platt) < 2e-5, `${largestDifference(ours, platt)}`);
      const rising = at.map((score) => applyIsotonic(steps, score));
      assert.ok(largestDifference(rising, isotonic) < 1e-12, `${largestDifference(rising, isotonic)}`);
    },
  );
});

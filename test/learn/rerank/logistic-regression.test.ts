import { execFileSync } from 'node:child_process';
import * as assert from 'uvu/assert';
import { createRandom } from '../../../stages/learn/random/index.ts';
import { fitDenseLogistic, scoreDenseLogistic } from '../../../stages/learn/rerank/logistic-regression.ts';
import { ROOT } from '../../support/golden-file.ts';
import { suite, unless } from '../../support/suite.ts';
import { largestDifference } from '../golden.ts';

const PYTHON = process.env['DVC_LIKE_PYTHON'];
const skip = unless(PYTHON !== undefined, 'DVC_LIKE_PYTHON names no Python with scikit-learn');

const FEATURES = 4;

/** Features of different scales, the last of them constant. */
function drawn(rows: number): { readonly X: readonly (readonly number[])[]; readonly y: readonly number[] } {
  const random = createRandom('logistic');
  const X = Array.from({ length: rows }, () => [random() * 100, random() - 5, random() < 0.1 ? 1 : 0, 7]);
  const y = X.map(([a, b, c]) => (a! / 50 + 3 * (b! + 4.5) + c! + 2 * random() - 2 > 0 ? 1 : 0));
  return { X, y };
}

const fit = (X: readonly (readonly number[])[], y: readonly number[], C: number): readonly number[] => {
  const flat = Float64Array.from(X.flat());
  const model = fitDenseLogistic(flat, Uint8Array.from(y), X[0]!.length, C);
  return X.map((_, row) => scoreDenseLogistic(model, flat, row));
};

suite("fitDenseLogistic() gives scikit-learn's log odds", { skip }, (test) => {
  test('for small and large C', () => {
    const C = [0.01, 1, 100];
    const { X, y } = drawn(400);
    const script = `${ROOT}test/learn/rerank/sklearn_logistic.py`;
    const input = JSON.stringify({ X, y, C });
    const theirs = JSON.parse(execFileSync(PYTHON!, [script], { input, encoding: 'utf8' })) as number[][];
    C.forEach((each, i) => {
      const difference = largestDifference(fit(X, y, each), theirs[i]!);
      assert.ok(difference < 1e-6, `C ${each}: ${difference}`);
    });
  });
});

suite('fitDenseLogistic() on degenerate data', (test) => {
  const X = Array.from({ length: 6 }, (_, i) => Array.from({ length: FEATURES }, (__, j) => (i + j) % 3));
  test('rows of one class have finite odds of the right sign', () => {
    assert.ok(fit(X, [1, 1, 1, 1, 1, 1], 1).every((odds) => odds > 0 && Number.isFinite(odds)));
    assert.ok(fit(X, [0, 0, 0, 0, 0, 0], 1).every((odds) => odds < 0 && Number.isFinite(odds)));
  });
  test('features that tell the classes apart have finite odds', () => {
    const odds = fit([[0], [1], [2], [3]], [0, 0, 1, 1], 1e6);
    assert.ok(odds.every(Number.isFinite) && odds[1]! < 0 && odds[2]! > 0, odds.join());
  });
  test('features that are equal, or constant, share what there is', () => {
    const odds = fit(
      [
        [0, 0, 1],
        [1, 1, 1],
        [0, 0, 1],
        [1, 1, 1],
      ],
      [0, 1, 1, 0],
      1,
    );
    assert.ok(odds.every((value) => Math.abs(value) < 1e-9));
  });
  test('another shape is refused', () => {
    assert.throws(
      () => fitDenseLogistic(new Float64Array(3), new Uint8Array(2), 2, 1),
      /not of shape \(2, 2\)/,
    );
  });
});

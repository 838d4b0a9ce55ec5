import * as assert from 'uvu/assert';
import { outOfFoldScores } from '../../../stages/learn/decision/index.ts';
import type { LabelMatrix } from '../../../stages/learn/labels/index.ts';
import { decisionFunction } from '../../../stages/learn/linear/index.ts';
import { type Csr, csrFromRows } from '../../../stages/learn/sparse/index.ts';
import { suite } from '../../support/suite.ts';
import { labelMatrix } from './scored.ts';

/** Each row's only column is its own number. */
const X = csrFromRows(
  Array.from({ length: 7 }, (_, row) => [[row, 1] as const]),
  7,
);
const Y = labelMatrix(
  Array.from({ length: 7 }, (_, row) => [1, row % 2]),
  2,
);

/** A row scores as often as it was seen: by its column; the second label has also its count as intercept. */
function memorize(seenX: Csr, seenY: LabelMatrix): Promise<(heldX: Csr) => Float64Array> {
  const coefficients = new Float64Array(2 * 7);
  for (const column of seenX.indices) coefficients[column]! += 100;
  const count = seenY.indices.filter((label) => label === 1).length;
  const intercepts = Float64Array.of(0, count);
  const model = { kind: 'linear', labels: 2, features: 7, coefficients, intercepts } as const;
  return Promise.resolve((heldX) => decisionFunction(model, heldX));
}

suite('outOfFoldScores() scores each question', (test) => {
  test('by a classifier that has seen all but its fold', async () => {
    const scores = await outOfFoldScores(X, Y, Uint32Array.of(0, 1, 2, 0, 1, 2, 0), 3, memorize);
    // The second label is in rows 1, 3 and 5: folds 1, 0 and 2.
    assert.equal([...scores], Array.from({ length: 7 }, () => [0, 2]).flat());
  });
  test('in its place, whatever the order of folds', async () => {
    const scores = await outOfFoldScores(X, Y, Uint32Array.of(1, 1, 1, 1, 0, 0, 0), 2, memorize);
    assert.equal(
      [...scores].filter((_, at) => at % 2 === 1),
      [1, 1, 1, 1, 2, 2, 2],
    );
  });
  test('but not where a fold is empty', async () => {
    const failure = await outOfFoldScores(X, Y, new Uint32Array(7), 2, memorize).then(
      () => 'nothing',
      (error: unknown) => (error as Error).message,
    );
    assert.is(failure, 'Fold 0 is empty or all');
  });
});

import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import * as assert from 'uvu/assert';
import { binarizeLabels } from '../../../stages/learn/labels/index.ts';
import { createNeighborsScorer, fitNeighbors } from '../../../stages/learn/neighbors/index.ts';
import { createRandom } from '../../../stages/learn/random/index.ts';
import { type Csr, csrFromRows } from '../../../stages/learn/sparse/index.ts';
import { ROOT } from '../../stages/study-project.ts';
import { suite, table, unless } from '../../support/suite.ts';

const COLUMNS = 4;
const NAMES = ['a', 'b', 'c'];

const someX = fc
  .array(
    fc.uniqueArray(fc.tuple(fc.nat(COLUMNS - 1), fc.double({ min: 0.1, max: 3, noNaN: true })), {
      selector: ([column]) => column,
    }),
    { minLength: 3, maxLength: 12 },
  )
  .map((rows) => csrFromRows(rows, COLUMNS));

const labelsOf = (X: Csr, salt: number) =>
  binarizeLabels(
    NAMES,
    Array.from({ length: X.rows }, (_, i) => NAMES.filter((_name, n) => (i * 7 + n * 5 + salt) % 3 === 0)),
  ).matrix;

function denseRow(X: Csr, i: number): readonly number[] {
  const row = Array.from({ length: X.columns }, () => 0);
  for (let k = X.indptr[i]!; k < X.indptr[i + 1]!; k++) row[X.indices[k]!] = X.values[k]!;
  return row;
}

function cosineDistance(a: readonly number[], b: readonly number[]): number {
  const norm = (row: readonly number[]): number => Math.hypot(...row) || 1;
  return 1 - a.reduce((sum, value, j) => sum + value * b[j]!, 0) / norm(a) / norm(b);
}

suite('createNeighborsScorer() gives the share of the votes of the nearest', (test) => {
  for (const weights of ['uniform', 'distance'] as const) {
    test(`as its definition has it, weights ${weights}`, () => {
      fc.assert(
        fc.property(someX, someX, fc.integer({ min: 1, max: 3 }), fc.nat(9), (X, asked, neighbors, salt) => {
          const Y = labelsOf(X, salt);
          const scores = createNeighborsScorer(fitNeighbors({ neighbors, weights }, X, Y))(asked);
          for (let i = 0; i < asked.rows; i++) {
            const distances = Array.from({ length: X.rows }, (_, r) => ({
              r,
              distance: cosineDistance(denseRow(asked, i), denseRow(X, r)),
            })).sort((a, b) => a.distance - b.distance);
            // Which of two at the same distance votes, and what is at no distance, is a matter of the last bit.
            const isClear = distances.every(
              ({ distance }, n) => n === 0 || distance - distances[n - 1]!.distance > 1e-9,
            );
            if (!isClear || distances[0]!.distance < 1e-9) continue;
            const voters = distances.slice(0, neighbors);
            const weightOf = (distance: number): number => (weights === 'uniform' ? 1 : 1 / distance);
            const total = voters.reduce((sum, { distance }) => sum + weightOf(distance), 0);
            NAMES.forEach((_, label) => {
              const own = voters
                .filter(({ r }) => Y.indices.subarray(Y.indptr[r], Y.indptr[r + 1]).includes(label))
                .reduce((sum, { distance }) => sum + weightOf(distance), 0);
              assert.ok(Math.abs(scores[i * NAMES.length + label]! - (own / total - 0.5)) < 1e-9);
            });
          }
        }),
        { numRuns: 200 },
      );
    });
  }
  test('a row that was learned votes alone for itself, weights distance', () => {
    const X = csrFromRows(
      [
        [
          [0, 0.3],
          [1, 0.7],
        ],
        [[1, 2]],
        [[2, 1]],
      ],
      COLUMNS,
    );
    const Y = binarizeLabels(NAMES, [['a'], ['b'], ['c']]).matrix;
    const score = createNeighborsScorer(fitNeighbors({ neighbors: 3, weights: 'distance' }, X, Y));
    assert.equal(
      [
        ...score(
          csrFromRows(
            [
              [
                [0, 3],
                [1, 7],
              ],
            ],
            COLUMNS,
          ),
        ),
      ],
      [0.5, -0.5, -0.5],
    );
  });
  test('an empty row has the earliest rows as neighbours', () => {
    const X = csrFromRows([[[0, 1]], [[1, 1]], [[2, 1]]], COLUMNS);
    const Y = binarizeLabels(NAMES, [['a'], ['a', 'b'], ['c']]).matrix;
    const score = createNeighborsScorer(fitNeighbors({ neighbors: 2, weights: 'uniform' }, X, Y));
    assert.equal([...score(csrFromRows([[]], COLUMNS))], [0.5, 0, -0.5]);
  });
});

const PYTHON = process.env['DVC_LIKE_PYTHON'];
const skip = unless(PYTHON !== undefined, 'DVC_LIKE_PYTHON names no Python with scikit-learn');

suite('beside scikit-learn', { skip }, (test) => {
  test('KNeighborsClassifier by cosine gives the same shares', () => {
    const random = createRandom('neighbors');
    // Half of the cells are zero; no two distances are alike.
    const drawn = (rows: number): readonly number[][] =>
      Array.from({ length: rows }, () =>
        Array.from({ length: 12 }, () => (random() < 0.5 ? 0 : random() + 0.1)),
      );
    const [X, at] = [drawn(300), drawn(80)];
    const tags = X.map((row) => NAMES.filter((_, n) => row[n]! > 0 !== random() < 0.1));
    const Y = tags.map((own) => NAMES.map((name) => (own.includes(name) ? 1 : 0)));
    const params = (['uniform', 'distance'] as const).flatMap((weights) =>
      [1, 4, 30].map((neighbors) => ({ weights, neighbors })),
    );
    const theirs = JSON.parse(
      execFileSync(PYTHON!, [`${ROOT}test/learn/neighbors/sklearn_neighbors.py`], {
        input: JSON.stringify({
          X,
          Y,
          at,
          params: params.map(({ weights, neighbors }) => ({ weights, n_neighbors: neighbors })),
        }),
        encoding: 'utf8',
      }),
    ) as readonly (readonly (readonly number[])[])[];
    const sparse = (rows: readonly number[][]): Csr =>
      csrFromRows(
        rows.map((row) => row.flatMap((value, j) => (value === 0 ? [] : [[j, value] as const]))),
        12,
      );
    params.forEach((own, p) => {
      const model = fitNeighbors(own, sparse(X), binarizeLabels(NAMES, tags).matrix);
      const ours = createNeighborsScorer(model)(sparse(at));
      theirs[p]!.flat().forEach((share, k) => {
        const difference = Math.abs(ours[k]! + 0.5 - share);
        assert.ok(difference < 1e-12, `${JSON.stringify(own)}: ${difference}`);
      });
    });
  });
});

suite('fitNeighbors() refuses', (test) => {
  const X = csrFromRows([[[0, 1]], []], COLUMNS);
  table(
    test,
    [
      { name: 'more neighbours than rows', X, neighbors: 3, why: /2 rows, fewer than 3/ },
      { name: 'no neighbours', X, neighbors: 0, why: /not at least 1/ },
      { name: 'NaN', X: { ...X, values: Float64Array.of(NaN) }, neighbors: 1, why: /not finite/ },
      { name: 'no row', X: csrFromRows([], COLUMNS), neighbors: 1, why: /0 rows/ },
    ],
    ({ X: data, neighbors, why }) => {
      assert.throws(() => fitNeighbors({ neighbors, weights: 'uniform' }, data, labelsOf(data, 0)), why);
    },
  );
});

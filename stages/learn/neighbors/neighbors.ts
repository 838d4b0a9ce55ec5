/**
 * The labels of the nearest rows, as scikit-learn's `KNeighborsClassifier(metric='cosine', algorithm='brute')` on a matrix of
 * labels.
 *
 * What is learned are the rows, scaled to length 1. Which of two rows at the same distance is the nearer is a matter of the last
 * bit of their products there, here the earlier row is.
 *
 * @see scikit-learn 1.9.1, neighbors/_classification.py and metrics/pairwise.py (`cosine_distances`).
 * @module
 */

import type { LabelMatrix } from '../labels/index.ts';
import { type Csr, transpose } from '../sparse/index.ts';

export interface NeighborsParams {
  /** Neighbours that vote; at least 1, at most the rows. */
  readonly neighbors: number;
  /** `distance`: a vote weighs 1 / distance; rows at distance 0, if there are some, vote alone. */
  readonly weights: 'uniform' | 'distance';
}

export interface NeighborsModel {
  readonly kind: 'neighbors';
  readonly params: NeighborsParams;
  readonly labels: number;
  readonly features: number;
  /** Shape (rows, features), rows of length 1, or empty. */
  readonly rows: Csr;
  /** Shape (rows, labels). */
  readonly rowLabels: LabelMatrix;
}

/**
 * @param X Shape (n, features), n >= 1.
 * @param Y Shape (n, labels).
 * @throws {RangeError} If the shapes differ, there are fewer rows than neighbours or a value is not finite.
 */
export function fitNeighbors(params: NeighborsParams, X: Csr, Y: LabelMatrix): NeighborsModel {
  const { neighbors } = params;
  if (X.rows !== Y.rows) throw new RangeError(`X has ${X.rows} rows, Y ${Y.rows}`);
  if (!(Number.isInteger(neighbors) && neighbors >= 1)) {
    throw new RangeError(`There are to be ${neighbors} neighbors, not at least 1`);
  }
  if (neighbors > X.rows) throw new RangeError(`There are ${X.rows} rows, fewer than ${neighbors} neighbors`);
  if (!X.values.every(Number.isFinite)) throw new RangeError('X has a value that is not finite');
  return {
    kind: 'neighbors',
    params,
    labels: Y.labels,
    features: X.columns,
    rows: { ...X, values: normalized(X) },
    rowLabels: Y,
  };
}

/** The values with each row brought to length 1; a row of zeros stays. */
function normalized({ rows, indptr, values }: Csr): Float64Array {
  const scaled = values.slice();
  for (let i = 0; i < rows; i++) {
    const own = scaled.subarray(indptr[i], indptr[i + 1]);
    let squares = 0;
    for (const value of own) squares += value ** 2;
    if (squares === 0) continue;
    const norm = Math.sqrt(squares);
    for (let k = 0; k < own.length; k++) own[k]! /= norm;
  }
  return scaled;
}

/**
 * From X, shape (rows, features), to scores, shape (rows, labels): the share of the votes for a label, minus 0.5. So a label
 * scores above 0 where more than half of the votes are for it.
 *
 * Makes an index of the model's rows by feature once; then O(rows of the model that share a feature) for each row.
 */
export function createNeighborsScorer(model: NeighborsModel): (X: Csr) => Float64Array {
  const { params, labels, features, rowLabels } = model;
  const byFeature = transpose(model.rows);
  const count = model.rows.rows;
  const products = new Float64Array(count);
  return (X) => {
    if (X.columns !== features) throw new RangeError(`X has ${X.columns} features, the model ${features}`);
    const scores = new Float64Array(X.rows * labels).fill(-0.5);
    const values = normalized(X);
    for (let i = 0; i < X.rows; i++) {
      products.fill(0);
      for (let k = X.indptr[i]!; k < X.indptr[i + 1]!; k++) {
        const column = X.indices[k]!;
        const value = values[k]!;
        for (let at = byFeature.indptr[column]!; at < byFeature.indptr[column + 1]!; at++) {
          products[byFeature.indices[at]!]! += value * byFeature.values[at]!;
        }
      }
      vote(products, i, scores);
    }
    return scores;
  };

  function vote(of: Float64Array, row: number, scores: Float64Array): void {
    const nearest = largest(of, params.neighbors);
    const votes = votesOf(Float64Array.from(nearest, (neighbor) => distanceOf(of[neighbor]!)));
    const total = votes.reduce((sum, own) => sum + own, 0);
    nearest.forEach((neighbor, n) => {
      for (let k = rowLabels.indptr[neighbor]!; k < rowLabels.indptr[neighbor + 1]!; k++) {
        scores[row * labels + rowLabels.indices[k]!]! += votes[n]! / total;
      }
    });
  }

  function votesOf(distances: Float64Array): Float64Array {
    if (params.weights === 'uniform') return distances.fill(1);
    const isSame = distances.includes(0);
    return distances.map((distance) => (isSame ? (distance === 0 ? 1 : 0) : 1 / distance));
  }
}

/** Cosine distance, in [0, 2]. What differs from 0 by rounding alone is 0: the same row is at no distance from itself. */
function distanceOf(product: number): number {
  const distance = 1 - product;
  return distance < 4 * Number.EPSILON ? 0 : Math.min(distance, 2);
}

/** The indices of the `k` largest, the largest first; of equal ones the earlier. */
function largest(values: Float64Array, k: number): Uint32Array {
  const best = new Uint32Array(k);
  let held = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (held === k && value <= values[best[k - 1]!]!) continue;
    let at = held < k ? held++ : k - 1;
    while (at > 0 && values[best[at - 1]!]! < value) {
      best[at] = best[at - 1]!;
      at--;
    }
    best[at] = i;
  }
  return best;
}

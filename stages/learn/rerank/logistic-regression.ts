/**
 * Logistic regression on few dense features, by Newton's method.
 *
 * Minimises `C sum log(1 + exp(-y f(x))) + |w|^2 / 2` over standardised features; the intercept is not penalised.
 *
 * @see scikit-learn 1.9.1, `LogisticRegression`, whose coefficients are checked by test/learn/rerank.
 * @module
 */

export interface DenseLogisticModel {
  readonly kind: 'logistic_regression';
  /** Length features. */
  readonly coefficients: Float64Array;
  readonly intercept: number;
}

const MAX_ITERATIONS = 50;
const SMALLEST_STEP = 2 ** -20;

/**
 * @param X Shape (rows, features), row by row.
 * @param y Length rows: 0 or 1.
 * @param features At least 1.
 * @param C Weight of the errors against that of the norm; > 0.
 * @returns Coefficients of the features as they are given: standardising is undone.
 * @throws {RangeError} If the shapes differ.
 *
 * O(rows features^2) time for each of some ten iterations.
 */
export function fitDenseLogistic(
  X: Float64Array,
  y: Uint8Array,
  features: number,
  C: number,
): DenseLogisticModel {
  const rows = y.length;
  if (X.length !== rows * features) {
    throw new RangeError(`${X.length} values, not of shape (${rows}, ${features})`);
  }
  const { means, deviations } = standardization(X, rows, features);
  const Z = X.map((value, k) => (value - means[k % features]!) / deviations[k % features]!);
  const w = minimize(Z, y, features, C);
  const coefficients = w.subarray(0, features).map((value, j) => value / deviations[j]!);
  const intercept = coefficients.reduce((sum, value, j) => sum - value * means[j]!, w[features]!);
  return { kind: 'logistic_regression', coefficients, intercept };
}

/** The log odds of a row. */
export function scoreDenseLogistic(
  { coefficients, intercept }: DenseLogisticModel,
  X: Float64Array,
  row: number,
): number {
  const start = row * coefficients.length;
  let sum = intercept;
  for (let j = 0; j < coefficients.length; j++) sum += coefficients[j]! * X[start + j]!;
  return sum;
}

/** A feature that is constant has deviation 1: nothing is learned from it. */
function standardization(X: Float64Array, rows: number, features: number) {
  const means = new Float64Array(features);
  const deviations = new Float64Array(features);
  for (let k = 0; k < X.length; k++) means[k % features]! += X[k]! / rows;
  for (let k = 0; k < X.length; k++) deviations[k % features]! += (X[k]! - means[k % features]!) ** 2 / rows;
  return {
    means,
    deviations: deviations.map((variance) => (variance > 1e-20 ? Math.sqrt(variance) : 1)),
  };
}

/** @returns Length features + 1: the intercept last. */
function minimize(Z: Float64Array, y: Uint8Array, features: number, C: number): Float64Array {
  const size = features + 1;
  let w = new Float64Array(size);
  let loss = lossAt(Z, y, w, C);
  for (let iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
    const { gradient, hessian } = derivativesAt(Z, y, w, C);
    const step = solvePositive(hessian, gradient, size);
    const descent = step.reduce((sum, value, j) => sum + value * gradient[j]!, 0);
    if (descent <= 1e-12 * (1 + Math.abs(loss))) break;
    let length = 1;
    for (; length >= SMALLEST_STEP; length /= 2) {
      const next = w.map((value, j) => value - length * step[j]!);
      const nextLoss = lossAt(Z, y, next, C);
      if (nextLoss > loss - 1e-4 * length * descent) continue;
      w = next;
      loss = nextLoss;
      break;
    }
    if (length < SMALLEST_STEP) break;
  }
  return w;
}

function oddsAt(Z: Float64Array, row: number, w: Float64Array): number {
  const features = w.length - 1;
  const start = row * features;
  let sum = w[features]!;
  for (let j = 0; j < features; j++) sum += w[j]! * Z[start + j]!;
  return sum;
}

function lossAt(Z: Float64Array, y: Uint8Array, w: Float64Array, C: number): number {
  let loss = 0;
  for (let row = 0; row < y.length; row++) {
    const margin = y[row] === 1 ? oddsAt(Z, row, w) : -oddsAt(Z, row, w);
    loss += margin > 0 ? Math.log1p(Math.exp(-margin)) : Math.log1p(Math.exp(margin)) - margin;
  }
  let norm = 0;
  for (let j = 0; j < w.length - 1; j++) norm += w[j]! ** 2;
  return C * loss + norm / 2;
}

function derivativesAt(Z: Float64Array, y: Uint8Array, w: Float64Array, C: number) {
  const size = w.length;
  const gradient = new Float64Array(size);
  const hessian = new Float64Array(size * size);
  const z = new Float64Array(size).fill(1);
  for (let row = 0; row < y.length; row++) {
    const p = 1 / (1 + Math.exp(-oddsAt(Z, row, w)));
    const error = C * (p - y[row]!);
    const weight = C * p * (1 - p);
    z.set(Z.subarray(row * (size - 1), (row + 1) * (size - 1)));
    for (let j = 0; j < size; j++) {
      gradient[j]! += error * z[j]!;
      const scaled = weight * z[j]!;
      for (let k = 0; k <= j; k++) hessian[j * size + k]! += scaled * z[k]!;
    }
  }
  for (let j = 0; j < size - 1; j++) {
    gradient[j]! += w[j]!;
    hessian[j * size + j]! += 1;
  }
  // Keeps it definite where all rows are alike.
  hessian[size * size - 1]! += 1e-10;
  return { gradient, hessian };
}

/** Solves `A x = b` for a positive definite A of which the lower triangle is given; A is overwritten. */
function solvePositive(A: Float64Array, b: Float64Array, size: number): Float64Array {
  for (let j = 0; j < size; j++) {
    for (let i = j; i < size; i++) {
      let sum = A[i * size + j]!;
      for (let k = 0; k < j; k++) sum -= A[i * size + k]! * A[j * size + k]!;
      A[i * size + j] = i === j ? Math.sqrt(sum) : sum / A[j * size + j]!;
    }
  }
  const x = b.slice();
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < i; k++) x[i]! -= A[i * size + k]! * x[k]!;
    x[i]! /= A[i * size + i]!;
  }
  for (let i = size - 1; i >= 0; i--) {
    for (let k = i + 1; k < size; k++) x[i]! -= A[k * size + i]! * x[k]!;
    x[i]! /= A[i * size + i]!;
  }
  return x;
}

/**
 * One-vs-rest linear classifiers by stochastic gradient descent, as scikit-learn's `SGDClassifier`: weights, order of
 * the rows and stop are the same, to rounding. The intercept moves a hundredth as fast as the weights do, which is what
 * scikit-learn has for sparse rows.
 *
 * @see scikit-learn 1.9.1, linear_model/_sgd_fast.pyx; Bottou, Stochastic gradient descent tricks (2012), for the mean
 *   of the weights; Tsuruoka et al., Stochastic gradient descent training for L1-regularized log-linear models with
 *   cumulative penalty (2009). Golden values are checked by test/learn/linear.
 * @module
 */

import type { LabelMatrix } from '../labels/index.ts';
import { createRandomState } from '../random/index.ts';
import type { Csr } from '../sparse/index.ts';
import { checkProblem } from './check-problem.ts';
import type { LinearFit } from './linear-model.ts';
import { createSgdWeights } from './sgd-weights.ts';

export interface SgdParams {
  readonly loss: keyof typeof LOSSES;
  readonly penalty: 'l2' | 'l1' | 'elasticnet' | 'none';
  /** Weight of the penalty; > 0. */
  readonly alpha: number;
  /** The share of L1 in `elasticnet`, in [0, 1]. */
  readonly l1Ratio: number;
  readonly fitIntercept: boolean;
  /** Passes over the rows, at least 1. */
  readonly maxIter: number;
  /** A pass that lowers the objective by less is in vain; after five of them the fit stops. Undefined: it does not stop. */
  readonly tol: number | undefined;
  readonly learningRate: 'optimal' | 'constant' | 'invscaling' | 'adaptive';
  /** The first step of all but `optimal`; > 0. */
  readonly eta0: number;
  /** Of `invscaling`. */
  readonly powerT: number;
  readonly classWeight: 'balanced' | undefined;
  /** Whether the mean of the weights after all steps is what is learned. */
  readonly average: boolean;
  /** Of the order of the rows, anew for each pass; undefined: as they stand. */
  readonly seed: number | undefined;
}

const PATIENCE = 5;
const INTERCEPT_DECAY = 0.01;
const STEEPEST = 1e12;

/**
 * @param X Shape (n, features), n >= 1.
 * @param Y Shape (n, labels).
 * @throws {RangeError} If the shapes differ, there is no row, a value is not finite, or the weights do not stay so.
 *
 * O(passes nnz labels) time.
 */
export function fitSgd(params: SgdParams, X: Csr, Y: LabelMatrix): LinearFit {
  checkProblem(X, Y);
  if (!(params.alpha > 0)) throw new RangeError(`alpha is ${params.alpha}, not above 0`);
  const { labels } = Y;
  const coefficients = new Float64Array(labels * X.columns);
  const intercepts = new Float64Array(labels);
  const iterations = new Uint32Array(labels);
  const unconverged: number[] = [];
  const signs = Array.from({ length: labels }, () => new Float64Array(X.rows).fill(-1));
  for (let i = 0; i < X.rows; i++) {
    for (let k = Y.indptr[i]!; k < Y.indptr[i + 1]!; k++) signs[Y.indices[k]!]![i] = 1;
  }
  signs.forEach((y, label) => {
    if (y.every((sign) => sign === y[0])) {
      intercepts[label] = y[0]!;
      return;
    }
    const fit = fitSgdOnce(params, X, y);
    coefficients.set(fit.weights, label * X.columns);
    intercepts[label] = fit.intercept;
    iterations[label] = fit.passes;
    if (!fit.converged) unconverged.push(label);
  });
  const model = { kind: 'linear', labels, features: X.columns, coefficients, intercepts } as const;
  return { model, iterations, unconverged };
}

export interface SgdFit {
  readonly weights: Float64Array;
  readonly intercept: number;
  readonly passes: number;
  readonly converged: boolean;
}

/** @param y Length rows: 1 or -1. */
export function fitSgdOnce(params: SgdParams, X: Csr, y: Float64Array): SgdFit {
  const { penalty, alpha, tol, learningRate } = params;
  const loss = LOSSES[params.loss];
  const l1Ratio = penalty === 'elasticnet' ? params.l1Ratio : penalty === 'l1' ? 1 : 0;
  const shrinks = penalty === 'l2' || penalty === 'elasticnet';
  const cuts = penalty === 'l1' || penalty === 'elasticnet';
  const weightOf = classWeights(params.classWeight, y);
  const weights = createSgdWeights(X, params.average, cuts);
  const order = Uint32Array.from({ length: X.rows }, (_, i) => i);
  const seed = params.seed === undefined ? undefined : drawSeed(params.seed);
  const typicalWeight = Math.sqrt(1 / Math.sqrt(alpha));
  const firstStep = 1 / (typicalWeight * alpha);
  let [intercept, meanIntercept, penaltySoFar] = [0, 0, 0];
  let [rate, step, passes, waited, best] = [params.eta0, 1, 0, 0, Infinity];
  for (let isOver = false; !isOver && passes < params.maxIter; passes++) {
    if (seed !== undefined) shuffle(order, seed);
    let objective = 0;
    for (const row of order) {
      const sign = y[row]!;
      const margin = sign * (weights.dot(row) + intercept);
      if (learningRate === 'optimal') rate = 1 / (alpha * (firstStep + step - 1));
      else if (learningRate === 'invscaling') rate = params.eta0 / step ** params.powerT;
      objective += loss.of(margin);
      if (penalty !== 'none')
        objective += alpha * ((1 - l1Ratio) * 0.5 * weights.squared() + l1Ratio * weights.absolute());
      const slope = Math.max(-STEEPEST, loss.slope(margin));
      const update = -rate * slope * sign * (sign > 0 ? weightOf.positive : weightOf.negative);
      if (shrinks) weights.scale(Math.max(0, 1 - (1 - l1Ratio) * rate * alpha));
      if (update !== 0) weights.add(row, update);
      if (params.fitIntercept) intercept += update * INTERCEPT_DECAY;
      if (params.average) {
        weights.average(row, update, step);
        meanIntercept += (intercept - meanIntercept) / step;
      }
      if (cuts) {
        penaltySoFar += l1Ratio * rate * alpha;
        weights.cut(row, penaltySoFar);
      }
      step++;
    }
    if (!Number.isFinite(intercept + objective)) {
      throw new RangeError('The weights grow without end: lower eta0, or alpha');
    }
    objective /= X.rows;
    waited = tol !== undefined && objective > best - tol ? waited + 1 : 0;
    best = Math.min(best, objective);
    if (waited < PATIENCE) continue;
    isOver = learningRate !== 'adaptive' || rate <= 1e-6;
    if (!isOver) [rate, waited] = [rate / 5, 0];
  }
  return {
    weights: weights.result(),
    intercept: params.average ? meanIntercept : intercept,
    passes,
    converged: tol === undefined || waited >= PATIENCE,
  };
}

/** By the margin: score times sign. */
const LOSSES = {
  hinge: {
    of: (margin: number) => Math.max(0, 1 - margin),
    slope: (margin: number) => (margin <= 1 ? -1 : 0),
  },
  squared_hinge: {
    of: (margin: number) => Math.max(0, 1 - margin) ** 2,
    slope: (margin: number) => -2 * Math.max(0, 1 - margin),
  },
  log_loss: {
    of: (margin: number) => Math.max(0, -margin) + Math.log1p(Math.exp(-Math.abs(margin))),
    slope: (margin: number) => -1 / (1 + Math.exp(margin)),
  },
  modified_huber: {
    of: (margin: number) => (margin >= -1 ? Math.max(0, 1 - margin) ** 2 : -4 * margin),
    slope: (margin: number) => (margin >= -1 ? -2 * Math.max(0, 1 - margin) : -4),
  },
} as const;

function classWeights(
  kind: SgdParams['classWeight'],
  y: Float64Array,
): { readonly positive: number; readonly negative: number } {
  if (kind === undefined) return { positive: 1, negative: 1 };
  const positives = y.reduce((sum, sign) => sum + (sign > 0 ? 1 : 0), 0);
  return { positive: y.length / (2 * positives), negative: y.length / (2 * (y.length - positives)) };
}

/** The second number that scikit-learn draws; the first one is for an order that is not used. */
function drawSeed(seed: number): number {
  const random = createRandomState(seed);
  random.integer(2 ** 31 - 2);
  return random.integer(2 ** 31 - 1);
}

/** Fisher and Yates's shuffle by a xorshift of 32 bits, which starts anew at each call. */
function shuffle(order: Uint32Array, seed: number): void {
  let state = seed === 0 ? 1 : seed;
  const draw = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state % 2 ** 31;
  };
  for (let i = 0; i + 1 < order.length; i++) {
    const j = i + (draw() % (order.length - i));
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
}

/**
 * The fit of a block of labels of a logistic regression: reads what all share, writes the labels' part of the solution.
 *
 * The labels go side by side in single precision. Where `tol` asks for more than that can tell, or where it does not get
 * there, they go on from there in double. A label's bits are the same whatever labels it shares a block with.
 *
 * @module
 */

import type { FitBlock, Solution } from './block-problem.ts';
import { instantiateLogisticKernel } from './kernel.ts';
import { LOGISTIC_LANES, type LogisticProblem } from './logistic-problem.ts';
import { type Minimizer, minimizer } from './newton.ts';

/** Single precision tells a gradient from 0 down to some 1e-6 of what it is made of. */
const SINGLE_TOL = 5e-5;

/** Steps after which it may be single precision that keeps a label from its optimum. */
const SINGLE_STEPS = 30;

const HALF = LOGISTIC_LANES / 2;

/** @param seatNumber The caller's own part of the memory; it serves all blocks, one after the other. */
export function logisticBlockFitter(
  problem: LogisticProblem,
  solution: Solution,
  seatNumber: number,
): FitBlock {
  const { rows, columns, features, params, scaling } = problem;
  const { tol, maxIter } = params;
  const kernels = instantiateLogisticKernel(problem.module, problem.memory);
  const single = minimizer(problem, seatNumber, kernels.single, 'single');
  const double = minimizer(problem, seatNumber, kernels.double, 'double');

  return (block) => {
    const labels = problem.queue.subarray(block * LOGISTIC_LANES, (block + 1) * LOGISTIC_LANES);
    const steps = new Uint32Array(LOGISTIC_LANES);
    open(single, labels);
    single.weights.fill(0);
    labels.forEach((label, lane) => {
      single.weights[columns * LOGISTIC_LANES + lane] = startOf(label);
    });
    const all = (1 << labels.length) - 1;
    const within = single.minimize(all, Math.max(tol, SINGLE_TOL), Math.min(maxIter, SINGLE_STEPS), steps);
    const done = tol >= SINGLE_TOL ? within : 0;
    const found = single.weights.slice();
    const keep = (lane: number, weight: (j: number) => number, isWithin: boolean): void => {
      const label = labels[lane]!;
      const coefficients = solution.coefficients.subarray(label * columns, (label + 1) * columns);
      for (let rank = 0; rank < columns; rank++) coefficients[features[rank]!] = weight(rank);
      solution.intercepts[label] = scaling * weight(columns);
      solution.iterations[label] = steps[lane]!;
      solution.converged[label] = isWithin ? 1 : 0;
    };
    for (let first = 0; first < labels.length; first += HALF) {
      const half = labels.subarray(first, first + HALF);
      const running = ((1 << half.length) - 1) & ~(done >> first);
      if (running !== 0) finishInDouble(half, first, running, found, steps, keep);
    }
    for (let lane = 0; lane < labels.length; lane++) {
      if ((done >> lane) & 1) keep(lane, (j) => found[j * LOGISTIC_LANES + lane]!, true);
    }
    return labels.length;
  };

  function finishInDouble(
    half: Uint32Array,
    first: number,
    running: number,
    found: Minimizer['weights'],
    steps: Uint32Array,
    keep: (lane: number, weight: (j: number) => number, isWithin: boolean) => void,
  ): void {
    open(double, half);
    for (let j = 0; j <= columns; j++) {
      for (let lane = 0; lane < HALF; lane++) {
        double.weights[j * HALF + lane] = found[j * LOGISTIC_LANES + first + lane]!;
      }
    }
    const within = double.minimize(running, tol, maxIter, steps.subarray(first, first + HALF));
    half.forEach((_, lane) => {
      if (((running >> lane) & 1) === 0) return;
      keep(first + lane, (j) => double.weights[j * HALF + lane]!, ((within >> lane) & 1) === 1);
    });
  }

  /** Gives each label a lane. */
  function open({ positive, setCosts }: Minimizer, labels: Uint32Array): void {
    positive.fill(0);
    labels.forEach((label, lane) => {
      const [start, end] = [problem.labelStarts[label]!, problem.labelStarts[label + 1]!];
      for (let k = start; k < end; k++) positive[problem.labelRows[k]!]! |= 1 << lane;
    });
    setCosts(labels.length, (lane) => costsOf(labels[lane]!));
  }

  /** Of errors in rows that have the label, and in the others; with how many each are. */
  function costsOf(label: number) {
    const positives = problem.labelStarts[label + 1]! - problem.labelStarts[label]!;
    const weigh = (count: number): number =>
      params.classWeight === undefined ? params.C : (params.C * rows) / (2 * count);
    const [positive, negative] = [weigh(positives), weigh(rows - positives)];
    return { positive, negative, rarer: Math.min(positive * positives, negative * (rows - positives)) };
  }

  /** The weight of the intercept that is best where all others are 0, but for its penalty. */
  function startOf(label: number): number {
    if (scaling === 0) return 0;
    const positives = problem.labelStarts[label + 1]! - problem.labelStarts[label]!;
    return params.classWeight === undefined ? Math.log(positives / (rows - positives)) / scaling : 0;
  }
}

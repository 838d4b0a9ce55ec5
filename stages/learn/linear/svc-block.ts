/**
 * The fit of a block of labels of `linear_svc`: reads what all share, writes the labels' part of the solution and nothing else.
 *
 * The labels descend side by side in single precision. Where `tol` asks for more than that can tell, or where it does not
 * get there, they go on from there in double. The weights are always the sum over the dual variables in double precision.
 *
 * A label's bits are the same whatever labels it shares a block with.
 *
 * @module
 */

import type { FitBlock, Solution } from './block-problem.ts';
import { descend, type ErrorCost, type Floats, interceptOf, openLane, VECTORS } from './descent.ts';
import { instantiateKernel } from './kernel.ts';
import type { LinearSvcParams } from './params.ts';
import { LANES, type SvcProblem } from './svc-problem.ts';

/** Single precision tells gradients apart down to some 1e-6. */
const SINGLE_TOL = 1e-4;

/** Passes after which it may be single precision that keeps a label from its optimum. */
const SINGLE_PASSES = 200;

const HALF = LANES / 2;

/**
 * Gives a function that fits a block and says how many labels it has.
 *
 * @param seatNumber The caller's own part of the memory; it serves all blocks, one after the other.
 */
export function svcBlockFitter(problem: SvcProblem, solution: Solution, seatNumber: number): FitBlock {
  const { params, rows, columns, features, at } = problem;
  const { tol, maxIter, interceptScaling } = params;
  const { buffer } = problem.memory;
  const seat = problem.seats[seatNumber]!;
  const kernel = instantiateKernel(problem.module, problem.memory, problem.isWide);
  const active = new Uint8Array(buffer, seat.active, rows);
  const positive = new Uint8Array(buffer, seat.positive, rows);
  const single = {
    weights: new Float32Array(buffer, seat.weights, columns * LANES),
    alphas: new Float32Array(buffer, seat.singleAlphas, rows * LANES),
    lanes: new Float32Array(buffer, seat.lanes, VECTORS * LANES),
  };
  const double = {
    weights: new Float64Array(buffer, seat.weights, columns * HALF),
    alphas: new Float64Array(buffer, seat.doubleAlphas, rows * HALF),
    lanes: new Float64Array(buffer, seat.lanes, VECTORS * HALF),
  };
  const orderOf = (pass: number): number => at.orders[pass % at.orders.length]!;

  return (block) => {
    const labels = problem.queue.subarray(block * LANES, (block + 1) * LANES);
    const iterations = new Uint32Array(LANES);
    single.alphas.fill(0);
    const converged = problem.fitsSingle ? descendInSingle(labels, iterations) : 0;
    const done = tol >= SINGLE_TOL ? converged : 0;
    for (let first = 0; first < labels.length; first += HALF) {
      finishInDouble(labels.subarray(first, first + HALF), first, done >> first, iterations);
    }
    return labels.length;
  };

  function descendInSingle(labels: Uint32Array, iterations: Uint32Array): number {
    open(labels, single);
    return descend({
      lanes: single.lanes,
      active,
      pass: (number) =>
        kernel.passSingle(
          orderOf(number),
          rows,
          at.starts,
          at.indices,
          at.singles,
          at.diagonals,
          interceptScaling,
          at.singleMasks,
          seat.weights,
          seat.singleAlphas,
          seat.active,
          seat.positive,
          seat.lanes,
        ),
      running: allOf(labels),
      iterations,
      tol: Math.max(tol, SINGLE_TOL),
      maxIter: Math.min(maxIter, SINGLE_PASSES),
    });
  }

  /** The labels from lane `first` on; of those that are `done` only the weights are missing. */
  function finishInDouble(half: Uint32Array, first: number, done: number, before: Uint32Array): void {
    open(half, double);
    for (let i = 0; i < rows; i++) {
      for (let lane = 0; lane < HALF; lane++) {
        double.alphas[i * HALF + lane] = single.alphas[i * LANES + first + lane]!;
      }
    }
    kernel.weigh(
      rows,
      at.starts,
      at.indices,
      at.doubles,
      interceptScaling,
      at.doubleMasks,
      seat.weights,
      seat.doubleAlphas,
      seat.positive,
      seat.lanes,
    );
    const iterations = before.slice(first, first + HALF);
    const converged = descend({
      lanes: double.lanes,
      active,
      pass: (number) =>
        kernel.passDouble(
          orderOf(number),
          rows,
          at.starts,
          at.indices,
          at.doubles,
          at.diagonals,
          interceptScaling,
          at.doubleMasks,
          seat.weights,
          seat.doubleAlphas,
          seat.active,
          seat.positive,
          seat.lanes,
        ),
      running: runningOf(allOf(half) & ~done, iterations),
      iterations,
      tol,
      maxIter,
    });
    half.forEach((label, lane) => {
      const coefficients = solution.coefficients.subarray(label * columns, (label + 1) * columns);
      for (let rank = 0; rank < columns; rank++) {
        coefficients[features[rank]!] = double.weights[rank * HALF + lane]!;
      }
      solution.intercepts[label] = interceptScaling * interceptOf(double.lanes, lane);
      solution.iterations[label] = iterations[lane]!;
      solution.converged[label] = ((converged | done) >> lane) & 1;
    });
  }

  /** Those that may still pass. */
  function runningOf(bits: number, iterations: Uint32Array): number {
    return iterations.reduce((left, made, lane) => (made < maxIter ? left : left & ~(1 << lane)), bits);
  }

  /** Gives each label a lane, in which nothing is known yet. */
  function open(labels: Uint32Array, { lanes, weights }: { lanes: Floats; weights: Floats }): void {
    lanes.fill(0);
    weights.fill(0);
    positive.fill(0);
    labels.forEach((label, lane) => {
      const [start, end] = [problem.labelStarts[label]!, problem.labelStarts[label + 1]!];
      for (let k = start; k < end; k++) positive[problem.labelRows[k]!]! |= 1 << lane;
      openLane(lanes, lane, ...costsOf(params, end - start, rows));
    });
  }
}

const allOf = ({ length }: Uint32Array): number => (1 << length) - 1;

/** For rows that have the label, and for the others. */
function costsOf(
  { C, classWeight, loss }: LinearSvcParams,
  positives: number,
  rows: number,
): readonly [ErrorCost, ErrorCost] {
  const weigh = (count: number): number => (classWeight === undefined ? C : (C * rows) / (2 * count));
  const costOf = (weight: number): ErrorCost =>
    loss === 'squared_hinge' ? { diagonal: 0.5 / weight, limit: Infinity } : { diagonal: 0, limit: weight };
  return [costOf(weigh(positives)), costOf(weigh(rows - positives))];
}

/**
 * Newton's method for logistic regressions of some labels side by side, each step found by conjugate gradients.
 *
 * @see Lin, Weng, Keerthi: Trust region Newton method for large-scale logistic regression (JMLR 2008) for the truncation.
 *   Steps need no trust region: where no score changes by more than 1, Newton's step lowers the objective; where some do by
 *   `m`, `ln(1 + m) / m` of the step does (Bach: Self-concordant analysis for logistic regression, EJS 2010), unless the
 *   whole step is seen to be good.
 * @module
 */

import type { LogisticKernel } from './kernel.ts';
import { type LogisticProblem, PAIR_BYTES } from './logistic-problem.ts';

type Floats = Float32Array | Float64Array;

export interface Minimizer {
  /** Shape (columns + 1, lanes), the intercept's last: where to begin, and then the optimum. */
  readonly weights: Floats;
  /** Length rows, a bit for each lane: the rows that have its label. */
  readonly positive: Uint8Array;
  readonly setCosts: (labels: number, costsOf: (lane: number) => Costs) => void;
  /**
   * @param running A bit for each lane that is fitted.
   * @param steps Of each lane: before, and afterwards in all.
   * @returns A bit for each lane in which no component of the gradient is above `tol` times its `rarer`.
   */
  readonly minimize: (running: number, tol: number, maxIter: number, steps: Uint32Array) => number;
}

export interface Costs {
  readonly positive: number;
  readonly negative: number;
  /** What errors in all rows of the class that weighs less cost. */
  readonly rarer: number;
}

/** Conjugate gradients end when what is left of the gradient is this share of it. */
const FORCING = 0.1;

/** Of one step of Newton's. */
const MOST_GRADIENTS = 200;

export function minimizer(
  problem: LogisticProblem,
  seatNumber: number,
  kernel: LogisticKernel,
  precision: 'single' | 'double',
): Minimizer {
  const { rows, columns, at, scaling } = problem;
  const { buffer } = problem.memory;
  const seat = problem.seats[seatNumber]!;
  const isSingle = precision === 'single';
  const lanes = PAIR_BYTES / (isSingle ? 4 : 8);
  const length = columns + 1;
  const isFree = problem.params.intercept.kind === 'free';
  const values = isSingle ? at.singles : at.doubles;
  const masks = isSingle ? at.singleMasks : at.doubleMasks;
  const data = [rows, columns, at.starts, at.indices, values, scaling] as const;

  const floats = (address: number, count: number): Floats =>
    isSingle ? new Float32Array(buffer, address, count) : new Float64Array(buffer, address, count);
  const perColumn = (address: number): Floats => floats(address, length * lanes);
  const weights = perColumn(seat.weights);
  const gradient = perColumn(seat.gradient);
  const step = perColumn(seat.step);
  const direction = perColumn(seat.direction);
  const bent = perColumn(seat.bent);
  const positive = new Uint8Array(buffer, seat.positive, rows);
  const pair = (number: number): Floats => floats(seat.lanes + number * PAIR_BYTES, lanes);
  const [positiveCost, negativeCost, factor, sum, largest] = [pair(0), pair(1), pair(2), pair(3), pair(4)];
  const rarer = new Float64Array(lanes);

  return { weights, positive, setCosts, minimize };

  function setCosts(labels: number, costsOf: (lane: number) => Costs): void {
    for (const costs of [positiveCost, negativeCost, rarer]) costs.fill(0);
    for (let lane = 0; lane < labels; lane++) {
      const costs = costsOf(lane);
      positiveCost[lane] = costs.positive;
      negativeCost[lane] = costs.negative;
      rarer[lane] = costs.rarer;
    }
  }

  function minimize(running: number, tol: number, maxIter: number, steps: Uint32Array): number {
    let converged = 0;
    let going = running;
    kernel.score(...data, seat.weights, seat.scores, seat.lanes);
    for (;;) {
      differentiate();
      kernel.open(length, seat.gradient, seat.rest, seat.direction, seat.lanes);
      for (let lane = 0; lane < lanes; lane++) {
        const bit = 1 << lane;
        if ((going & bit) === 0) continue;
        if (largest[lane]! <= tol * rarer[lane]!) converged |= bit;
        if ((converged & bit) !== 0 || steps[lane]! >= maxIter) going &= ~bit;
        else steps[lane]!++;
      }
      if (going === 0) return converged;
      findStep(going);
      takeStep(going);
    }
  }

  /** The gradient, and the curvature of each row's loss. */
  function differentiate(): void {
    gradient.set(weights);
    if (isFree) gradient.fill(0, columns * lanes);
    kernel.differentiate(
      ...data,
      masks,
      seat.positive,
      seat.scores,
      seat.curvatures,
      seat.gradient,
      seat.lanes,
    );
  }

  /** Conjugate gradients; `sum` has the squared norm of the gradient. */
  function findStep(running: number): void {
    step.fill(0);
    bent.set(direction);
    let norms = sum.slice();
    let ofDirection = norms;
    const target = norms.map((norm) => FORCING ** 2 * norm);
    let going = running;
    for (let turns = 0; turns < MOST_GRADIENTS; turns++) {
      if (isFree) bent.fill(0, columns * lanes);
      kernel.curve(...data, seat.curvatures, seat.direction, seat.bent, seat.lanes);
      for (let lane = 0; lane < lanes; lane++) {
        const own = isFree ? direction[columns * lanes + lane]! ** 2 : 0;
        const curvature = ofDirection[lane]! - own + sum[lane]!;
        factor[lane] = (going >> lane) & 1 && curvature > 0 ? norms[lane]! / curvature : 0;
      }
      kernel.step(length, seat.direction, seat.bent, seat.step, seat.rest, seat.lanes);
      const left = sum.slice();
      for (let lane = 0; lane < lanes; lane++) {
        if (!(left[lane]! > target[lane]!)) going &= ~(1 << lane);
        factor[lane] = (going >> lane) & 1 ? left[lane]! / norms[lane]! : 0;
      }
      if (going === 0) return;
      norms = left;
      kernel.turn(length, seat.rest, seat.direction, seat.bent, seat.lanes);
      ofDirection = sum.slice();
    }
  }

  /** As much of it as lowers the objective. */
  function takeStep(running: number): void {
    kernel.score(...data, seat.step, seat.changes, seat.lanes);
    const shares = Float64Array.from(largest, () => 1);
    if (largest.some((change, lane) => change > 1 && (running >> lane) & 1)) {
      const rising = slopesAtEnd();
      largest.forEach((change, lane) => {
        if (change > 1 && rising[lane] === 1) shares[lane] = Math.log1p(change) / change;
      });
    }
    for (let lane = 0; lane < lanes; lane++) factor[lane] = (running >> lane) & 1 ? shares[lane]! : 0;
    kernel.move(length, seat.weights, seat.step, seat.lanes);
    kernel.move(rows, seat.scores, seat.changes, seat.lanes);
  }

  /** 1 for each lane where the whole step goes so far beyond the lowest point that it may end higher than it began. */
  function slopesAtEnd(): Uint8Array {
    const changes = largest.slice();
    const dot = (a: number, b: number): Floats => {
      kernel.dot(length, a, b, seat.lanes);
      return sum.slice();
    };
    const atStart = dot(seat.gradient, seat.step);
    const ofWeights = dot(seat.weights, seat.step);
    const ofStep = dot(seat.step, seat.step);
    factor.fill(1);
    kernel.slope(rows, masks, seat.positive, seat.scores, seat.changes, seat.lanes);
    largest.set(changes);
    return Uint8Array.from(sum, (ofRows, lane) => {
      const own = columns * lanes + lane;
      const free = isFree ? step[own]! * (weights[own]! + step[own]!) : 0;
      return ofRows + ofWeights[lane]! + ofStep[lane]! - free > -0.5 * atStart[lane]! ? 1 : 0;
    });
  }
}

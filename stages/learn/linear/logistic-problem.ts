/**
 * What the fits of all labels of a logistic regression have in common, laid out in the kernel's memory.
 *
 * @module
 */

import type { LabelMatrix } from '../labels/index.ts';
import type { Csr } from '../sparse/index.ts';
import type { BlockProblem } from './block-problem.ts';
import { checkProblem } from './check-problem.ts';
import { allocateMemory, compileKernel, fillMasks } from './kernel.ts';
import { type Allocate, mostRowsFirst, rowsByLabel } from './label-rows.ts';
import type { LogisticRegressionParams } from './params.ts';
import { byFrequency, rankRows } from './ranked-rows.ts';

/** Labels that are fitted side by side in single precision; in double, half as many. */
export const LOGISTIC_LANES = 8;

/** Bytes of a pair of vectors: one number for each lane. */
export const PAIR_BYTES = 32;

const LINE_BYTES = 64;
const LANE_PAIRS = 5;

export interface LogisticProblem extends BlockProblem {
  readonly kind: 'logistic_regression';
  readonly params: LogisticRegressionParams;
  /** Value of the intercept's feature; 0 where there is none. */
  readonly scaling: number;
  readonly at: LogisticAddresses;
  readonly seats: readonly LogisticSeat[];
}

/** Addresses of what all threads read. */
export interface LogisticAddresses {
  /** X by rows with ranks for columns, ascending: u32, u32, and the values in both precisions. */
  readonly starts: number;
  readonly indices: number;
  readonly singles: number;
  readonly doubles: number;
  /** The vector of lanes that are on for each number of bits: four lanes, then two. */
  readonly singleMasks: number;
  readonly doubleMasks: number;
}

/** Addresses of what one thread writes. */
export interface LogisticSeat {
  /** Shape (columns + 1, lanes), the intercept's last. */
  readonly weights: number;
  readonly gradient: number;
  /** Newton's step, and what conjugate gradients need to find it. */
  readonly step: number;
  readonly rest: number;
  readonly direction: number;
  readonly bent: number;
  /** Shape (rows, lanes): by the weights, by the step, and the second derivatives of the losses by the scores. */
  readonly scores: number;
  readonly changes: number;
  readonly curvatures: number;
  /** Length rows, u8, a bit for each lane. */
  readonly positive: number;
  /** What holds for a lane, five pairs. */
  readonly lanes: number;
}

/** As `prepareSvc`; 16 bytes for each value of X, 97 for each row and 192 for each feature of a thread. */
export function prepareLogistic(
  params: LogisticRegressionParams,
  X: Csr,
  Y: LabelMatrix,
  threads: number,
  allocate: Allocate,
): LogisticProblem {
  checkProblem(X, Y);
  checkParams(params);
  const byLabel = rowsByLabel(Y, allocate);
  const queue = mostRowsFirst(byLabel.labelStarts, X.rows, allocate);
  const features = new Uint32Array(allocate(4 * X.columns));
  features.set(byFrequency(X));
  const { sizeBytes, at, seats } = layOut(X, Math.min(threads, Math.ceil(queue.length / LOGISTIC_LANES)));
  const memory = allocateMemory(sizeBytes);
  fillShared(memory.buffer, at, X, features);
  return {
    kind: 'logistic_regression',
    lanes: LOGISTIC_LANES,
    params,
    scaling: scalingOf(params),
    rows: X.rows,
    columns: X.columns,
    features,
    ...byLabel,
    queue,
    module: compileKernel(),
    memory,
    at,
    seats,
  };
}

function checkParams({ C, tol, maxIter, intercept }: LogisticRegressionParams): void {
  if (!(C > 0 && C < Infinity)) throw new RangeError(`C is ${C}, not above 0`);
  if (!(tol > 0)) throw new RangeError(`tol is ${tol}, not above 0`);
  if (!(maxIter >= 1)) throw new RangeError(`maxIter is ${maxIter}, not at least 1`);
  if (intercept.kind === 'penalized' && !(intercept.scaling > 0 && intercept.scaling < Infinity)) {
    throw new RangeError(`interceptScaling is ${intercept.scaling}, not above 0`);
  }
}

function scalingOf({ intercept }: LogisticRegressionParams): number {
  if (intercept.kind === 'penalized') return intercept.scaling;
  return intercept.kind === 'free' ? 1 : 0;
}

function layOut(X: Csr, seats: number) {
  let end = 0;
  const take = (sizeBytes: number): number => {
    const start = end;
    end += Math.ceil(sizeBytes / LINE_BYTES) * LINE_BYTES;
    return start;
  };
  const nnz = X.values.length;
  const at: LogisticAddresses = {
    starts: take(4 * (X.rows + 1)),
    indices: take(4 * nnz),
    singles: take(4 * nnz),
    doubles: take(8 * nnz),
    singleMasks: take(16 * 2 ** (LOGISTIC_LANES / 2)),
    doubleMasks: take(16 * 2 ** (LOGISTIC_LANES / 4)),
  };
  const perColumn = (): number => take(PAIR_BYTES * (X.columns + 1));
  const perRow = (): number => take(PAIR_BYTES * X.rows);
  const places = Array.from(
    { length: seats },
    (): LogisticSeat => ({
      weights: perColumn(),
      gradient: perColumn(),
      step: perColumn(),
      rest: perColumn(),
      direction: perColumn(),
      bent: perColumn(),
      scores: perRow(),
      changes: perRow(),
      curvatures: perRow(),
      positive: take(X.rows),
      lanes: take(PAIR_BYTES * LANE_PAIRS),
    }),
  );
  return { sizeBytes: end, at, seats: places };
}

function fillShared(buffer: SharedArrayBuffer, at: LogisticAddresses, X: Csr, features: Uint32Array): void {
  fillMasks(buffer, at.singleMasks, LOGISTIC_LANES / 2);
  fillMasks(buffer, at.doubleMasks, LOGISTIC_LANES / 4);
  new Uint32Array(buffer, at.starts, X.rows + 1).set(X.indptr);
  const nnz = X.values.length;
  rankRows(X, features, X.indptr, {
    indices: new Uint32Array(buffer, at.indices, nnz),
    singles: new Float32Array(buffer, at.singles, nnz),
    doubles: new Float64Array(buffer, at.doubles, nnz),
  });
}

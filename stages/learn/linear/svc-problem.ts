/**
 * What the fits of all labels of `linear_svc` have in common, laid out in the kernel's memory.
 *
 * @module
 */

import type { LabelMatrix } from '../labels/index.ts';
import { createRandom, shuffleInPlace } from '../random/index.ts';
import type { Csr } from '../sparse/index.ts';
import type { BlockProblem } from './block-problem.ts';
import { checkProblem } from './check-problem.ts';
import { allocateMemory, compileKernel, fillMasks } from './kernel.ts';
import { type Allocate, mostRowsFirst, rowsByLabel } from './label-rows.ts';
import type { LinearSvcParams } from './params.ts';
import { byFrequency, paddedStarts, rankRows } from './ranked-rows.ts';

/** Labels that are fitted side by side in single precision; in double, half as many. */
export const LANES = 4;

/** What a row is filled up to a multiple of with zeros: the kernel takes as many values at once. */
const VALUES_AT_ONCE = 4;

/** Orders of the rows, taken in turn by the passes: in a single one the descent may not converge. */
const ORDERS = 16;

/** Bytes to which all arrays are aligned, and that the vectors of a block need. */
const LINE_BYTES = 64;
const LANE_VECTORS_BYTES = 9 * 16;

/** In memory that threads share; addresses are bytes from its start. */
export interface SvcProblem extends BlockProblem {
  readonly kind: 'linear_svc';
  readonly params: LinearSvcParams;
  /** Whether single precision can hold the rows and their products. */
  readonly fitsSingle: boolean;
  /** Whether a feature's rank takes four bytes, not two. */
  readonly isWide: boolean;
  readonly at: SharedAddresses;
  readonly seats: readonly SeatAddresses[];
}

/** Addresses of what all threads read. */
export interface SharedAddresses {
  /** `ORDERS` permutations of the rows, u32. */
  readonly orders: readonly number[];
  /** X by rows with ranks for columns, ascending: u32, u16 or u32, and the values in both precisions. */
  readonly starts: number;
  readonly indices: number;
  readonly singles: number;
  readonly doubles: number;
  /** Length rows, `|x_i|^2` and the square of the intercept scaling, f64. */
  readonly diagonals: number;
  /** The vector of lanes that are on for each number of bits: four lanes, then two. */
  readonly singleMasks: number;
  readonly doubleMasks: number;
}

/** Addresses of what one thread writes. */
export interface SeatAddresses {
  /** Shape (columns, lanes). */
  readonly weights: number;
  /** Shape (rows, lanes), in single precision, then of half the labels in double. */
  readonly singleAlphas: number;
  readonly doubleAlphas: number;
  /** Length rows, u8, a bit for each lane. */
  readonly active: number;
  readonly positive: number;
  /** What holds for a lane, nine vectors. */
  readonly lanes: number;
}

/**
 * @param X Shape (n, features), n >= 1.
 * @param Y Shape (n, labels).
 * @param threads At least 1; those that have no block get no seat.
 * @throws {RangeError} If the shapes differ, there is no row, a parameter is out of range, a value is not finite or all
 *   does not fit into 4 GiB.
 *
 * O(nnz) time; 14 bytes for each value of X, 34 for each row and 16 for each feature of a thread.
 */
export function prepareSvc(
  params: LinearSvcParams,
  X: Csr,
  Y: LabelMatrix,
  threads: number,
  allocate: Allocate,
): SvcProblem {
  checkArguments(params, X, Y);
  const byLabel = rowsByLabel(Y, allocate);
  const queue = mostRowsFirst(byLabel.labelStarts, X.rows, allocate);
  const features = new Uint32Array(allocate(4 * X.columns));
  features.set(byFrequency(X));
  const isWide = X.columns > 65_536;
  const seats = Math.min(threads, Math.ceil(queue.length / LANES));
  const starts = paddedStarts(X, VALUES_AT_ONCE);
  const places = layOut(X, starts[X.rows]!, isWide, seats);
  const memory = allocateMemory(places.sizeBytes);
  const largest = fillShared(memory.buffer, places.at, params, X, starts, features, isWide);
  return {
    kind: 'linear_svc',
    lanes: LANES,
    params,
    rows: X.rows,
    columns: X.columns,
    features,
    ...byLabel,
    queue,
    fitsSingle: largest < SINGLE_RANGE && params.C < SINGLE_RANGE && params.C > 1 / SINGLE_RANGE,
    isWide,
    module: compileKernel(),
    memory,
    at: places.at,
    seats: places.seats,
  };
}

/** Of squared norms and `C`, that leaves single precision room for what is made of them. */
const SINGLE_RANGE = 1e6;

function checkArguments(
  { C, tol, maxIter, interceptScaling }: LinearSvcParams,
  X: Csr,
  Y: LabelMatrix,
): void {
  checkProblem(X, Y);
  if (!(C > 0 && C < Infinity)) throw new RangeError(`C is ${C}, not above 0`);
  if (!(tol > 0)) throw new RangeError(`tol is ${tol}, not above 0`);
  if (!(maxIter >= 1)) throw new RangeError(`maxIter is ${maxIter}, not at least 1`);
  if (!(interceptScaling >= 0 && interceptScaling < Infinity)) {
    throw new RangeError(`interceptScaling is ${interceptScaling}, not 0 or above`);
  }
}

function layOut(
  X: Csr,
  nnz: number,
  isWide: boolean,
  seats: number,
): {
  readonly sizeBytes: number;
  readonly at: SharedAddresses;
  readonly seats: readonly SeatAddresses[];
} {
  // The first line stays empty: an address of 0 would be a mistake.
  let end = LINE_BYTES;
  const take = (sizeBytes: number): number => {
    const start = end;
    end += Math.ceil(sizeBytes / LINE_BYTES) * LINE_BYTES;
    return start;
  };
  const at = {
    orders: Array.from({ length: ORDERS }, () => take(4 * X.rows)),
    starts: take(4 * (X.rows + 1)),
    indices: take((isWide ? 4 : 2) * nnz),
    singles: take(4 * nnz),
    doubles: take(8 * nnz),
    diagonals: take(8 * X.rows),
    singleMasks: take(16 * 2 ** LANES),
    doubleMasks: take(16 * 2 ** (LANES / 2)),
  };
  const places = Array.from({ length: seats }, () => ({
    weights: take(16 * X.columns),
    singleAlphas: take(16 * X.rows),
    doubleAlphas: take(16 * X.rows),
    active: take(X.rows),
    positive: take(X.rows),
    lanes: take(LANE_VECTORS_BYTES),
  }));
  return { sizeBytes: end, at, seats: places };
}

/** @returns The largest diagonal. */
function fillShared(
  buffer: SharedArrayBuffer,
  at: SharedAddresses,
  { interceptScaling, seed }: LinearSvcParams,
  X: Csr,
  starts: Uint32Array,
  features: Uint32Array,
  isWide: boolean,
): number {
  const random = createRandom(`linear_svc ${seed}`);
  for (const address of at.orders) {
    const order = new Uint32Array(buffer, address, X.rows);
    for (let i = 0; i < X.rows; i++) order[i] = i;
    shuffleInPlace(order, random);
  }
  fillMasks(buffer, at.singleMasks, LANES);
  fillMasks(buffer, at.doubleMasks, LANES / 2);
  const nnz = starts[X.rows]!;
  new Uint32Array(buffer, at.starts, X.rows + 1).set(starts);
  const indices = isWide
    ? new Uint32Array(buffer, at.indices, nnz)
    : new Uint16Array(buffer, at.indices, nnz);
  const singles = new Float32Array(buffer, at.singles, nnz);
  const doubles = new Float64Array(buffer, at.doubles, nnz);
  const diagonals = new Float64Array(buffer, at.diagonals, X.rows);
  rankRows(X, features, starts, { indices, singles, doubles });
  let largest = 0;
  for (let i = 0; i < X.rows; i++) {
    let diagonal = interceptScaling ** 2;
    for (let k = starts[i]!; k < starts[i + 1]!; k++) diagonal += doubles[k]! ** 2;
    diagonals[i] = diagonal;
    largest = Math.max(largest, diagonal);
  }
  return largest;
}

/**
 * What the fits of all labels have in common, laid out in the kernel's memory.
 *
 * Features are numbered anew, the most frequent first: the weights that nearly every row reads lie side by side.
 *
 * @module
 */

import type { LabelMatrix } from '../labels/index.ts';
import { createRandom, shuffleInPlace } from '../random/index.ts';
import type { Csr } from '../sparse/index.ts';
import { checkProblem } from './check-problem.ts';
import { allocateMemory, compileKernel, type KernelModule, type SharedMemory } from './kernel.ts';
import type { LinearSvcParams } from './params.ts';

/** Labels that are fitted side by side in single precision; in double, half as many. */
export const LANES = 4;

/** Orders of the rows, taken in turn by the passes: in a single one the descent may not converge. */
const ORDERS = 16;

/** Bytes to which all arrays are aligned, and that the vectors of a block need. */
const LINE_BYTES = 64;
const LANE_VECTORS_BYTES = 9 * 16;

/** In memory that threads share; addresses are bytes from its start. */
export interface SvcProblem {
  readonly params: LinearSvcParams;
  readonly rows: number;
  readonly columns: number;
  /** Length columns: the feature of each rank. */
  readonly features: Uint32Array;
  /** Shape (labels, rows): the rows of label `l` are `labelRows[labelStarts[l]..labelStarts[l+1]]`, ascending. */
  readonly labelStarts: Uint32Array;
  readonly labelRows: Uint32Array;
  /** Labels that some rows have and some do not, those with most rows first; a block is `LANES` of them. */
  readonly queue: Uint32Array;
  /** Whether single precision can hold the rows and their products. */
  readonly fitsSingle: boolean;
  /** Whether a feature's rank takes four bytes, not two. */
  readonly isWide: boolean;
  readonly module: KernelModule;
  readonly memory: SharedMemory;
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

/** Space for so many bytes. */
export type Allocate = (sizeBytes: number) => ArrayBufferLike;

export const allocateOwn: Allocate = (sizeBytes) => new ArrayBuffer(sizeBytes);
export const allocateShared: Allocate = (sizeBytes) => new SharedArrayBuffer(sizeBytes);

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
  const seats = Math.min(threads, countBlocks({ queue }));
  const places = layOut(X, isWide, seats);
  const memory = allocateMemory(places.sizeBytes);
  const largest = fillShared(memory.buffer, places.at, params, X, features, isWide);
  return {
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

export const countLabels = ({ labelStarts }: Pick<SvcProblem, 'labelStarts'>): number =>
  labelStarts.length - 1;

export const countBlocks = ({ queue }: Pick<SvcProblem, 'queue'>): number => Math.ceil(queue.length / LANES);

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
  const nnz = X.values.length;
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
  features: Uint32Array,
  isWide: boolean,
): number {
  const random = createRandom(`linear_svc ${seed}`);
  for (const address of at.orders) {
    const order = new Uint32Array(buffer, address, X.rows);
    for (let i = 0; i < X.rows; i++) order[i] = i;
    shuffleInPlace(order, random);
  }
  fillMasks(new Uint32Array(buffer, at.singleMasks, 2 ** LANES * 4), LANES);
  fillMasks(new Uint32Array(buffer, at.doubleMasks, 2 ** (LANES / 2) * 4), LANES / 2);
  const nnz = X.values.length;
  new Uint32Array(buffer, at.starts, X.rows + 1).set(X.indptr);
  const indices = isWide
    ? new Uint32Array(buffer, at.indices, nnz)
    : new Uint16Array(buffer, at.indices, nnz);
  const singles = new Float32Array(buffer, at.singles, nnz);
  const doubles = new Float64Array(buffer, at.doubles, nnz);
  const diagonals = new Float64Array(buffer, at.diagonals, X.rows);
  const ranks = new Uint32Array(X.columns);
  for (let rank = 0; rank < features.length; rank++) ranks[features[rank]!] = rank;
  const valueOf = new Float64Array(X.columns);
  let largest = 0;
  for (let i = 0; i < X.rows; i++) {
    const [start, end] = [X.indptr[i]!, X.indptr[i + 1]!];
    let diagonal = interceptScaling ** 2;
    for (let k = start; k < end; k++) {
      const rank = ranks[X.indices[k]!]!;
      indices[k] = rank;
      valueOf[rank] = X.values[k]!;
    }
    indices.subarray(start, end).sort();
    for (let k = start; k < end; k++) {
      const value = valueOf[indices[k]!]!;
      singles[k] = value;
      doubles[k] = value;
      diagonal += value ** 2;
    }
    diagonals[i] = diagonal;
    largest = Math.max(largest, diagonal);
  }
  return largest;
}

/** Vector `bits` has all bits of lane `l` set where bit `l` of `bits` is. */
function fillMasks(masks: Uint32Array, lanes: number): void {
  const words = 4 / lanes;
  for (let k = 0; k < masks.length; k++) {
    const lane = Math.floor((k % 4) / words);
    masks[k] = ((k >> 2) >> lane) & 1 ? 0xffffffff : 0;
  }
}

/** Columns in the order of their number of rows, descending; ties: the earlier column. */
function byFrequency(X: Csr): Uint32Array {
  const counts = new Uint32Array(X.columns);
  for (let k = 0; k < X.indices.length; k++) counts[X.indices[k]!]!++;
  return Uint32Array.from({ length: X.columns }, (_, j) => j).sort(
    (a, b) => counts[b]! - counts[a]! || a - b,
  );
}

function rowsByLabel(Y: LabelMatrix, allocate: Allocate): Pick<SvcProblem, 'labelStarts' | 'labelRows'> {
  const labelStarts = new Uint32Array(allocate(4 * (Y.labels + 1)));
  const labelRows = new Uint32Array(allocate(4 * Y.indices.length));
  for (let k = 0; k < Y.indices.length; k++) labelStarts[Y.indices[k]! + 1]!++;
  for (let label = 0; label < Y.labels; label++) labelStarts[label + 1]! += labelStarts[label]!;
  const next = labelStarts.slice();
  for (let i = 0; i < Y.rows; i++) {
    for (let k = Y.indptr[i]!; k < Y.indptr[i + 1]!; k++) labelRows[next[Y.indices[k]!]!++] = i;
  }
  return { labelStarts, labelRows };
}

/**
 * Labels of about as many rows take about as many passes: side by side none waits long for another. And blocks that take
 * longer are started first, so that no thread waits for the last of them.
 */
function mostRowsFirst(labelStarts: Uint32Array, rows: number, allocate: Allocate): Uint32Array {
  const rowsOf = (label: number): number => labelStarts[label + 1]! - labelStarts[label]!;
  const labels = Uint32Array.from({ length: countLabels({ labelStarts }) }, (_, label) => label)
    .filter((label) => rowsOf(label) > 0 && rowsOf(label) < rows)
    .sort((a, b) => rowsOf(b) - rowsOf(a) || a - b);
  const queue = new Uint32Array(allocate(4 * labels.length));
  queue.set(labels);
  return queue;
}

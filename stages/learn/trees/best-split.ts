/**
 * The best split of a node of a tree for many labels at once, by the mean of their Gini impurities or of their entropies.
 *
 * Of a part of the rows let `n` be the weight and `p_l` that of those with label `l`. Its impurity times n is, over the labels,
 * `sum_l (n - (p_l^2 + (n - p_l)^2) / n)`: what is looked for is the largest `sum_l (p_l^2 + (n - p_l)^2) / n` of both parts,
 * which is `(2 sum p_l^2 - 2 n sum p_l) / n + L n`. The sums change by a row's own labels alone.
 * Entropies are `sum_l (n ln n - p_l ln p_l - (n - p_l) ln (n - p_l)) / n`, where each label of the node counts anew for each cut.
 *
 * @see Breiman, Friedman, Olshen, Stone: Classification and Regression Trees (1984); scikit-learn 1.9.1,
 *   tree/_splitter.pyx and _partitioner.pyx, for what counts as the same value and where the threshold is.
 * @module
 */

import type { LabelMatrix } from '../labels/index.ts';
import { type Columns, columnOf } from './dense.ts';

/** Values of a feature that are nearer to each other are one. */
const SAME_VALUE = 1e-7;

export interface Split {
  readonly feature: number;
  readonly threshold: number;
}

export type Criterion = 'gini' | 'entropy';

export class SplitFinder {
  readonly #columns: Columns;
  readonly #Y: LabelMatrix;
  /** Of each row. */
  readonly #weights: Float64Array;
  readonly #leastLeaf: number;
  readonly #criterion: Criterion;
  /** Weight of each label: in the node, and left of the split. */
  readonly #node: Float64Array;
  readonly #left: Float64Array;
  readonly #keys: Float64Array;
  /** A value in single precision, and its bits. */
  readonly #value = new Float32Array(1);
  readonly #bits = new Uint32Array(this.#value.buffer);

  constructor(
    columns: Columns,
    Y: LabelMatrix,
    weights: Float64Array,
    leastLeaf: number,
    criterion: Criterion,
  ) {
    this.#columns = columns;
    this.#Y = Y;
    this.#weights = weights;
    this.#leastLeaf = leastLeaf;
    this.#criterion = criterion;
    this.#node = new Float64Array(Y.labels);
    this.#left = new Float64Array(Y.labels);
    this.#keys = new Float64Array(columns.rows);
  }

  /** Weights of the labels among the rows; a view until the next call. */
  count(rows: Uint32Array): Float64Array {
    this.#node.fill(0);
    for (const row of rows) this.#add(this.#node, row, this.#weights[row]!);
    return this.#node;
  }

  /**
   * @param rows For which `count` was called last.
   * @param features In the order in which they are tried; those of one value do not count.
   * @param enough Features to try; more where none of them splits.
   */
  find(rows: Uint32Array, features: Iterable<number>, enough: number): Split | undefined {
    let best: Split | undefined;
    let bestGain = -Infinity;
    let tried = 0;
    for (const feature of features) {
      if (tried >= enough && best !== undefined) break;
      const column = columnOf(this.#columns, feature);
      const keys = this.#sort(rows, column);
      const valueAt = (at: number): number => column[rows[keys[at]! % ROWS]!]!;
      if (valueAt(rows.length - 1) <= valueAt(0) + SAME_VALUE) continue;
      tried++;
      const found = this.#sweep(rows, keys, valueAt, bestGain);
      if (found === undefined) continue;
      bestGain = found.gain;
      best = { feature, threshold: midpoint(valueAt(found.at - 1), valueAt(found.at)) };
    }
    return best;
  }

  /** Where the rows, in the order of their keys, are best cut in two; undefined where that is not above `least`. */
  #sweep(rows: Uint32Array, keys: Float64Array, valueAt: (at: number) => number, least: number) {
    const { labels } = this.#Y;
    const [node, left] = [this.#node, this.#left];
    left.fill(0);
    let [leftWeight, leftSum, leftSquares] = [0, 0, 0];
    let [rightWeight, rightSum, rightSquares] = [0, 0, 0];
    for (const row of rows) rightWeight += this.#weights[row]!;
    for (const weight of node) {
      rightSum += weight;
      rightSquares += weight ** 2;
    }
    const present = Uint32Array.from(node.keys()).filter((label) => node[label]! > 0);
    let best: { readonly at: number; readonly gain: number } | undefined;
    for (let at = 1; at < rows.length; at++) {
      const row = rows[keys[at - 1]! % ROWS]!;
      const weight = this.#weights[row]!;
      leftWeight += weight;
      rightWeight -= weight;
      for (let k = this.#Y.indptr[row]!; k < this.#Y.indptr[row + 1]!; k++) {
        const label = this.#Y.indices[k]!;
        const before = left[label]!;
        const rest = node[label]! - before;
        leftSquares += (2 * before + weight) * weight;
        rightSquares -= (2 * rest - weight) * weight;
        leftSum += weight;
        rightSum -= weight;
        left[label] = before + weight;
      }
      if (at < this.#leastLeaf || rows.length - at < this.#leastLeaf) continue;
      if (valueAt(at) <= valueAt(at - 1) + SAME_VALUE) continue;
      const gain =
        this.#criterion === 'entropy'
          ? -this.#entropies(present, leftWeight, rightWeight)
          : (2 * leftSquares) / leftWeight -
            2 * leftSum +
            labels * leftWeight +
            (2 * rightSquares) / rightWeight -
            2 * rightSum +
            labels * rightWeight;
      if (gain > (best?.gain ?? least)) best = { at, gain };
    }
    return best;
  }

  /** Of both sides, summed over the node's labels, times their weights. */
  #entropies(present: Uint32Array, leftWeight: number, rightWeight: number): number {
    let sum = 0;
    for (const label of present) {
      const left = this.#left[label]!;
      sum += entropy(left, leftWeight) + entropy(this.#node[label]! - left, rightWeight);
    }
    return sum;
  }

  /** Keys, ascending, that have the order of the values in their upper bits and the rows' places in their lower ones. */
  #sort(rows: Uint32Array, column: Float32Array): Float64Array {
    const keys = this.#keys.subarray(0, rows.length);
    for (let k = 0; k < rows.length; k++) {
      // -0 is 0.
      this.#value[0] = column[rows[k]!]! + 0;
      const bits = this.#bits[0]!;
      keys[k] = (bits >= SIGN ? UINT32 - bits : bits + SIGN) * ROWS + k;
    }
    return keys.sort();
  }

  #add(weights: Float64Array, row: number, weight: number): void {
    for (let k = this.#Y.indptr[row]!; k < this.#Y.indptr[row + 1]!; k++)
      weights[this.#Y.indices[k]!]! += weight;
  }
}

/** 32 bits of a value and 21 of a place make a whole number below 2^53. */
const ROWS = 2 ** 21;
const SIGN = 2 ** 31;
const UINT32 = 2 ** 32 - 1;

/** In nats, times the weight, of a part of it and the rest. */
const entropy = (part: number, weight: number): number =>
  -(surprise(part, weight) + surprise(weight - part, weight));

const surprise = (part: number, weight: number): number => (part > 0 ? part * Math.log(part / weight) : 0);

function midpoint(low: number, high: number): number {
  const middle = low / 2 + high / 2;
  return middle === high || !Number.isFinite(middle) ? low : middle;
}

/**
 * A regression tree over binned features, grown by the leaf that gains most, for one step of gradient boosting.
 *
 * Of a node let G be the sum of its rows' gradients, H that of their second derivatives. Its value is `-G / (H + l2)`; a split
 * gains `G_l^2 / (H_l + l2) + G_r^2 / (H_r + l2) - G^2 / (H + l2)`. Sums are kept by bin; those of a larger child are its
 * parent's less its sister's.
 *
 * @see Ke et al.: LightGBM (NeurIPS 2017); scikit-learn 1.9.1, ensemble/_hist_gradient_boosting/grower.py and splitting.pyx.
 * @module
 */

import type { Binned } from './bins.ts';
import type { NodesBuilder } from './nodes.ts';

export interface HistogramTreeParams {
  /** Leaves at most, at least 2. */
  readonly maxLeafNodes: number;
  /** Undefined: no limit. */
  readonly maxDepth: number | undefined;
  readonly minSamplesLeaf: number;
  /** Added to H; at least 0. */
  readonly l2: number;
}

/** H of a child, at least. */
const LEAST_HESSIAN = 1e-3;

const BINS = 256;
/** Of a bin: G, H, rows. */
const SUMS = 3;

interface Split {
  readonly feature: number;
  /** The last one that goes left. */
  readonly bin: number;
  readonly gain: number;
}

interface Sums {
  readonly gradient: number;
  readonly hessian: number;
}

interface Node {
  readonly number: number;
  readonly depth: number;
  /** A part of the grower's rows. */
  readonly rows: Uint32Array;
  readonly sums: Sums;
  readonly histogram: Float64Array;
  readonly split: Split;
}

export class HistogramTreeGrower {
  readonly #binned: Binned;
  readonly #params: HistogramTreeParams;
  readonly #rows: Uint32Array;
  readonly #aside: Uint32Array;
  /** Histograms that no node needs any more. */
  readonly #free: Float64Array[] = [];

  constructor(binned: Binned, params: HistogramTreeParams) {
    this.#binned = binned;
    this.#params = params;
    this.#rows = new Uint32Array(binned.rows);
    this.#aside = new Uint32Array(binned.rows);
  }

  /**
   * @param gradients Length rows.
   * @param hessians Length rows, at least 0.
   * @param nodes Gets the tree.
   * @param leaf Told of each leaf, with its rows, a view until it returns, and its value.
   * @returns The number of the root.
   */
  grow(
    gradients: Float64Array,
    hessians: Float64Array,
    nodes: NodesBuilder,
    leaf: (node: number, rows: Uint32Array, value: number) => void,
  ): number {
    const { l2, maxLeafNodes } = this.#params;
    const open: Node[] = [];
    const close = (number: number, rows: Uint32Array, { gradient, hessian }: Sums): void => {
      leaf(number, rows, -gradient / (hessian + l2 + Number.EPSILON));
    };
    const look = (number: number, depth: number, rows: Uint32Array, histogram: Float64Array): void => {
      const sums = sumsOf(histogram);
      const split = this.#best(histogram, sums, rows.length, depth);
      if (split === undefined) {
        close(number, rows, sums);
        this.#free.push(histogram);
      } else {
        open.push({ number, depth, rows, sums, histogram, split });
      }
    };
    this.#rows.forEach((_, i) => {
      this.#rows[i] = i;
    });
    const root = nodes.add();
    look(root, 0, this.#rows, this.#fill(this.#rows, gradients, hessians));
    for (let leaves = 1; open.length > 0 && leaves < maxLeafNodes; leaves++) {
      const { number, depth, rows, histogram, split } = takeBest(open);
      const size = this.#part(rows, split);
      const [left, right] = [rows.subarray(0, size), rows.subarray(size)];
      nodes.split(number, split.feature, this.#binned.thresholds[split.feature]![split.bin]!);
      const [leftNumber, rightNumber] = [nodes.add(), nodes.add()];
      nodes.join(number, 'left', leftNumber);
      nodes.join(number, 'right', rightNumber);
      const isLeftSmaller = left.length <= right.length;
      const smaller = this.#fill(isLeftSmaller ? left : right, gradients, hessians);
      for (let k = 0; k < histogram.length; k++) histogram[k]! -= smaller[k]!;
      look(leftNumber, depth + 1, left, isLeftSmaller ? smaller : histogram);
      look(rightNumber, depth + 1, right, isLeftSmaller ? histogram : smaller);
    }
    for (const { number, rows, sums, histogram } of open) {
      close(number, rows, sums);
      this.#free.push(histogram);
    }
    return root;
  }

  /** Sums of the rows by feature and bin. */
  #fill(rows: Uint32Array, gradients: Float64Array, hessians: Float64Array): Float64Array {
    const { bins, thresholds, rows: count } = this.#binned;
    const histogram = this.#free.pop()?.fill(0) ?? new Float64Array(thresholds.length * BINS * SUMS);
    for (let feature = 0; feature < thresholds.length; feature++) {
      const [column, start] = [feature * count, feature * BINS];
      for (let k = 0; k < rows.length; k++) {
        const row = rows[k]!;
        const at = (start + bins[column + row]!) * SUMS;
        histogram[at]! += gradients[row]!;
        histogram[at + 1]! += hessians[row]!;
        histogram[at + 2]!++;
      }
    }
    return histogram;
  }

  /** The split that gains most, the first of equal ones; undefined where none gains. */
  #best(
    histogram: Float64Array,
    { gradient, hessian }: Sums,
    rows: number,
    depth: number,
  ): Split | undefined {
    const { minSamplesLeaf, maxDepth, l2 } = this.#params;
    if (depth === maxDepth || rows < 2 * minSamplesLeaf || hessian < LEAST_HESSIAN) return undefined;
    const worth = (g: number, h: number): number => g ** 2 / (h + l2);
    const own = worth(gradient, hessian);
    let best: Split | undefined;
    this.#binned.thresholds.forEach((cuts, feature) => {
      let [leftGradient, leftHessian, leftRows] = [0, 0, 0];
      for (let bin = 0; bin < cuts.length; bin++) {
        const at = (feature * BINS + bin) * SUMS;
        leftGradient += histogram[at]!;
        leftHessian += histogram[at + 1]!;
        leftRows += histogram[at + 2]!;
        if (leftRows < minSamplesLeaf || leftHessian < LEAST_HESSIAN) continue;
        if (rows - leftRows < minSamplesLeaf || hessian - leftHessian < LEAST_HESSIAN) break;
        const gain =
          worth(leftGradient, leftHessian) + worth(gradient - leftGradient, hessian - leftHessian) - own;
        if (gain > (best?.gain ?? 0)) best = { feature, bin, gain };
      }
    });
    return best;
  }

  /** Brings the rows that go left to the front, both sides in their order. @returns How many they are. */
  #part(rows: Uint32Array, { feature, bin }: Split): number {
    const { bins, rows: count } = this.#binned;
    let [left, right] = [0, 0];
    for (let k = 0; k < rows.length; k++) {
      const row = rows[k]!;
      if (bins[feature * count + row]! <= bin) rows[left++] = row;
      else this.#aside[right++] = row;
    }
    rows.set(this.#aside.subarray(0, right), left);
    return left;
  }
}

/** Each row is in one bin of the first feature. */
function sumsOf(histogram: Float64Array): Sums {
  let [gradient, hessian] = [0, 0];
  for (let bin = 0; bin < BINS; bin++) {
    gradient += histogram[bin * SUMS]!;
    hessian += histogram[bin * SUMS + 1]!;
  }
  return { gradient, hessian };
}

/** Takes out the node whose split gains most, the first of equal ones. */
function takeBest(open: Node[]): Node {
  let at = 0;
  open.forEach(({ split }, i) => {
    if (split.gain > open[at]!.split.gain) at = i;
  });
  return open.splice(at, 1)[0]!;
}

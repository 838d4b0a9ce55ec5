/**
 * A decision tree for many labels at once.
 *
 * @module
 */

import type { LabelMatrix } from '../labels/index.ts';
import type { Random } from '../random/index.ts';
import { randomInteger } from '../random/index.ts';
import { type Criterion, SplitFinder } from './best-split.ts';
import { type Columns, columnOf } from './dense.ts';
import type { NodesBuilder } from './nodes.ts';

export interface TreeParams {
  /** Undefined: until leaves are pure. */
  readonly maxDepth: number | undefined;
  /** Rows of a leaf, at least 1. */
  readonly minSamplesLeaf: number;
  /** Rows of a node that is split, at least 2. */
  readonly minSamplesSplit: number;
  readonly criterion: Criterion;
  /** Features that a split is chosen from, at least 1; undefined: all, in their order. */
  readonly maxFeatures: number | undefined;
}

/** What share of the rows' weight has a label, for labels that some have: `shares[starts[i]..starts[i+1]]` of leaf `i`. */
export interface Leaves {
  /** Length nodes: the number of a leaf, of others 0. */
  readonly leafOf: Uint32Array;
  readonly starts: Uint32Array;
  readonly labels: Uint32Array;
  /** In (0, 1]. */
  readonly shares: Float64Array;
}

interface Open {
  /** Undefined for the root. */
  readonly parent: number | undefined;
  readonly side: 'left' | 'right';
  readonly depth: number;
  readonly rows: Uint32Array;
}

/**
 * Depth first, the left branch first, which is the order of the nodes' numbers.
 *
 * @param weights Length rows; a row of weight 0 is not there.
 * @param nodes Gets the tree.
 * @param leaves Gets its leaves.
 * @returns The number of the root.
 *
 * O(rows log rows features) time for each level.
 */
export function growTree(
  params: TreeParams,
  columns: Columns,
  Y: LabelMatrix,
  weights: Float64Array,
  random: Random,
  nodes: NodesBuilder,
  leaves: LeavesBuilder,
): number {
  const finder = new SplitFinder(columns, Y, weights, params.minSamplesLeaf, params.criterion);
  const root = nodes.length;
  const rows = Uint32Array.from(weights.keys()).filter((row) => weights[row]! > 0);
  const open: Open[] = [{ parent: undefined, side: 'left', depth: 0, rows }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const node = nodes.add();
    if (next.parent !== undefined) nodes.join(next.parent, next.side, node);
    const counts = finder.count(next.rows);
    const total = next.rows.reduce((sum, row) => sum + weights[row]!, 0);
    const isLeaf =
      next.depth === params.maxDepth ||
      next.rows.length < Math.max(params.minSamplesSplit, 2 * params.minSamplesLeaf) ||
      counts.every((count) => count === 0 || count === total);
    const features = featuresOf(columns.features, params.maxFeatures, random);
    const split = isLeaf ? undefined : finder.find(next.rows, features, params.maxFeatures ?? Infinity);
    if (split === undefined) {
      leaves.add(node, counts, total);
      continue;
    }
    nodes.split(node, split.feature, split.threshold);
    const column = columnOf(columns, split.feature);
    const isLeft = (row: number): boolean => column[row]! <= split.threshold;
    const child = { parent: node, depth: next.depth + 1 };
    open.push({ ...child, side: 'right', rows: next.rows.filter((row) => !isLeft(row)) });
    open.push({ ...child, side: 'left', rows: next.rows.filter(isLeft) });
  }
  return root;
}

/** All in their order; or in a random one, of which as many are drawn as are asked for. */
function* featuresOf(features: number, limit: number | undefined, random: Random): Generator<number> {
  const order = Uint32Array.from({ length: features }, (_, feature) => feature);
  for (let at = 0; at < features; at++) {
    if (limit !== undefined) {
      const other = at + randomInteger(random, features - at);
      [order[at], order[other]] = [order[other]!, order[at]!];
    }
    yield order[at]!;
  }
}

export class LeavesBuilder {
  readonly #leafOf: number[] = [];
  readonly #starts: number[] = [0];
  readonly #labels: number[] = [];
  readonly #shares: number[] = [];

  add(node: number, counts: Float64Array, total: number): void {
    this.#leafOf[node] = this.#starts.length - 1;
    counts.forEach((count, label) => {
      if (count === 0) return;
      this.#labels.push(label);
      this.#shares.push(count / total);
    });
    this.#starts.push(this.#labels.length);
  }

  end(nodes: number): Leaves {
    return {
      leafOf: Uint32Array.from({ length: nodes }, (_, node) => this.#leafOf[node] ?? 0),
      starts: Uint32Array.from(this.#starts),
      labels: Uint32Array.from(this.#labels),
      shares: Float64Array.from(this.#shares),
    };
  }
}

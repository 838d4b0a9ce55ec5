/**
 * Binary trees in arrays: a row goes left where its feature is at most the threshold.
 *
 * @module
 */

/** In `feature`, of a leaf. */
const LEAF = -1;

/** Nodes of one tree or of many, one after the other. */
export interface Nodes {
  /** `LEAF`, or the feature that is asked for. */
  readonly feature: Int32Array;
  readonly threshold: Float64Array;
  /** Numbers of nodes; of a leaf 0. */
  readonly left: Uint32Array;
  readonly right: Uint32Array;
}

export class NodesBuilder {
  readonly #feature: number[] = [];
  readonly #threshold: number[] = [];
  readonly #left: number[] = [];
  readonly #right: number[] = [];

  get length(): number {
    return this.#feature.length;
  }

  /** @returns The number of a new leaf. */
  add(): number {
    this.#feature.push(LEAF);
    this.#threshold.push(0);
    this.#left.push(0);
    this.#right.push(0);
    return this.length - 1;
  }

  split(node: number, feature: number, threshold: number): void {
    this.#feature[node] = feature;
    this.#threshold[node] = threshold;
  }

  join(node: number, side: 'left' | 'right', child: number): void {
    (side === 'left' ? this.#left : this.#right)[node] = child;
  }

  end(): Nodes {
    return {
      feature: Int32Array.from(this.#feature),
      threshold: Float64Array.from(this.#threshold),
      left: Uint32Array.from(this.#left),
      right: Uint32Array.from(this.#right),
    };
  }
}

/** The leaf of a row, shape (features), from a root on. */
export function leafOf({ feature, threshold, left, right }: Nodes, root: number, row: Float32Array): number {
  let node = root;
  while (feature[node]! !== LEAF) {
    node = row[feature[node]!]! <= threshold[node]! ? left[node]! : right[node]!;
  }
  return node;
}

/**
 * Random forests for many labels at once, as scikit-learn's `RandomForestClassifier` on a matrix of labels.
 *
 * Each tree is grown on a sample of the rows, drawn with replacement, and chooses each split from some of the features. A
 * tree's random numbers depend on the seed and its own number alone.
 *
 * @see Breiman: Random forests (Machine Learning 45, 2001); scikit-learn 1.9.1, ensemble/_forest.py.
 * @module
 */

import type { LabelMatrix } from '../labels/index.ts';
import { createRandom, type Random, randomInteger } from '../random/index.ts';
import type { Csr } from '../sparse/index.ts';
import { denseColumns, forEachDenseRow } from './dense.ts';
import { growTree, type Leaves, type Tree } from './grow-tree.ts';
import { leafOf, type Nodes } from './nodes.ts';

export interface ForestParams {
  /** Trees, at least 1. */
  readonly estimators: number;
  /** At least 1; undefined: until leaves are pure. */
  readonly maxDepth: number | undefined;
  /** Rows of a leaf, at least 1. */
  readonly minSamplesLeaf: number;
  /** Features that a split is chosen from: the square root of their number, a share of them in (0, 1], or all. */
  readonly maxFeatures: 'sqrt' | number | undefined;
  /** Whether a tree is grown on a sample of the rows, with replacement; or else on all. */
  readonly bootstrap: boolean;
  readonly seed: number;
}

/** Nodes and leaves of all trees, one after the other. */
export interface ForestModel {
  readonly kind: 'forest';
  readonly labels: number;
  readonly features: number;
  /** Of each tree the number of its root. */
  readonly roots: Uint32Array;
  readonly nodes: Nodes;
  readonly leaves: Leaves;
}

/**
 * @param X Shape (n, features), n >= 1.
 * @param Y Shape (n, labels).
 * @param onTree Told after each tree.
 * @throws {RangeError} If the shapes differ, there is no row, a parameter is out of range, a value is not finite or X has too
 *   many rows or features.
 *
 * O(trees depth n log n features tried) time; four bytes for each cell of X.
 */
export function fitRandomForest(
  params: ForestParams,
  X: Csr,
  Y: LabelMatrix,
  onTree: () => void = () => undefined,
): ForestModel {
  const { estimators, maxDepth, minSamplesLeaf, seed } = params;
  for (const [name, value] of Object.entries({ estimators, minSamplesLeaf, maxDepth: maxDepth ?? 1 })) {
    if (!(Number.isInteger(value) && value >= 1)) throw new RangeError(`${name} is ${value}, not at least 1`);
  }
  const columns = denseColumns(X, Y);
  const maxFeatures = countFeatures(params.maxFeatures, X.columns);
  const trees = Array.from({ length: estimators }, (_, number) => {
    const random = createRandom(`random_forest ${seed} ${number}`);
    const weights = params.bootstrap ? drawWeights(X.rows, random) : new Float64Array(X.rows).fill(1);
    const tree = growTree({ maxDepth, minSamplesLeaf, maxFeatures }, columns, Y, weights, random);
    onTree();
    return tree;
  });
  return { kind: 'forest', labels: Y.labels, features: X.columns, ...plant(trees) };
}

function countFeatures(wanted: ForestParams['maxFeatures'], features: number): number | undefined {
  if (wanted === undefined) return undefined;
  if (wanted === 'sqrt') return Math.max(1, Math.floor(Math.sqrt(features)));
  if (!(wanted > 0 && wanted <= 1))
    throw new RangeError(`maxFeatures is ${wanted}, not above 0 and at most 1`);
  return Math.max(1, Math.floor(wanted * features));
}

/** How often each row is drawn. */
function drawWeights(rows: number, random: Random): Float64Array {
  const weights = new Float64Array(rows);
  for (let draw = 0; draw < rows; draw++) weights[randomInteger(random, rows)]!++;
  return weights;
}

/** The trees' numbers of nodes and leaves counted on from one to the next. */
function plant(trees: readonly Tree[]): Pick<ForestModel, 'roots' | 'nodes' | 'leaves'> {
  const roots: number[] = [];
  const shifted = trees.reduce<{ readonly nodes: number; readonly leaves: number; readonly labels: number }>(
    (before, { nodes, leaves }) => {
      roots.push(before.nodes);
      return {
        nodes: before.nodes + nodes.feature.length,
        leaves: before.leaves + leaves.starts.length - 1,
        labels: before.labels + leaves.labels.length,
      };
    },
    { nodes: 0, leaves: 0, labels: 0 },
  );
  const nodes = {
    feature: new Int32Array(shifted.nodes),
    threshold: new Float64Array(shifted.nodes),
    left: new Uint32Array(shifted.nodes),
    right: new Uint32Array(shifted.nodes),
  };
  const leaves = {
    leafOf: new Uint32Array(shifted.nodes),
    starts: new Uint32Array(shifted.leaves + 1),
    labels: new Uint32Array(shifted.labels),
    shares: new Float64Array(shifted.labels),
  };
  let [leaf, label] = [0, 0];
  trees.forEach((tree, number) => {
    const root = roots[number]!;
    nodes.feature.set(tree.nodes.feature, root);
    nodes.threshold.set(tree.nodes.threshold, root);
    tree.nodes.feature.forEach((feature, node) => {
      const isInner = feature >= 0;
      nodes.left[root + node] = isInner ? root + tree.nodes.left[node]! : 0;
      nodes.right[root + node] = isInner ? root + tree.nodes.right[node]! : 0;
      leaves.leafOf[root + node] = isInner ? 0 : leaf + tree.leaves.leafOf[node]!;
    });
    tree.leaves.starts.forEach((start, i) => {
      leaves.starts[leaf + i] = label + start;
    });
    leaves.labels.set(tree.leaves.labels, label);
    leaves.shares.set(tree.leaves.shares, label);
    leaf += tree.leaves.starts.length - 1;
    label += tree.leaves.labels.length;
  });
  return { roots: Uint32Array.from(roots), nodes, leaves };
}

/**
 * From X, shape (rows, features), to scores, shape (rows, labels): the mean over the trees of the share of a leaf's rows with
 * the label, minus 0.5.
 */
export function createForestScorer({
  labels,
  features,
  roots,
  nodes,
  leaves,
}: ForestModel): (X: Csr) => Float64Array {
  return (X) => {
    const scores = new Float64Array(X.rows * labels);
    forEachDenseRow(X, features, (row, i) => {
      for (const root of roots) {
        const leaf = leaves.leafOf[leafOf(nodes, root, row)]!;
        for (let k = leaves.starts[leaf]!; k < leaves.starts[leaf + 1]!; k++) {
          scores[i * labels + leaves.labels[k]!]! += leaves.shares[k]!;
        }
      }
    });
    for (let k = 0; k < scores.length; k++) scores[k] = scores[k]! / roots.length - 0.5;
    return scores;
  };
}

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
import { growTree, type Leaves, LeavesBuilder } from './grow-tree.ts';
import { leafOf, type Nodes, NodesBuilder } from './nodes.ts';

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
 * @throws {RangeError} If the shapes differ, there is no row, a parameter is out of range, a value is not finite or X has too
 *   many rows or features.
 *
 * O(trees depth n log n features tried) time; four bytes for each cell of X.
 */
export function fitRandomForest(params: ForestParams, X: Csr, Y: LabelMatrix): ForestModel {
  const { estimators, maxDepth, minSamplesLeaf, seed } = params;
  for (const [name, value] of Object.entries({ estimators, minSamplesLeaf, maxDepth: maxDepth ?? 1 })) {
    if (!(Number.isInteger(value) && value >= 1)) throw new RangeError(`${name} is ${value}, not at least 1`);
  }
  const columns = denseColumns(X, Y);
  const maxFeatures = countFeatures(params.maxFeatures, X.columns);
  const nodes = new NodesBuilder();
  const leaves = new LeavesBuilder();
  const roots = Uint32Array.from({ length: estimators }, (_, number) => {
    const random = createRandom(`random_forest ${seed} ${number}`);
    const weights = params.bootstrap ? drawWeights(X.rows, random) : new Float64Array(X.rows).fill(1);
    const tree = { maxDepth, minSamplesLeaf, maxFeatures };
    return growTree(tree, columns, Y, weights, random, nodes, leaves);
  });
  return {
    kind: 'forest',
    labels: Y.labels,
    features: X.columns,
    roots,
    nodes: nodes.end(),
    leaves: leaves.end(nodes.length),
  };
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

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
import type { Criterion } from './best-split.ts';
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
  /** Rows of a node that is split, at least 2. */
  readonly minSamplesSplit: number;
  /** The impurity that splits lower. */
  readonly criterion: Criterion;
  /** How rows weigh: `balanced` as scikit-learn has it, see `balancedWeights`. */
  readonly classWeight: 'balanced' | undefined;
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
  const { estimators, maxDepth, minSamplesLeaf, minSamplesSplit, criterion, seed } = params;
  for (const [name, value] of Object.entries({ estimators, minSamplesLeaf, maxDepth: maxDepth ?? 1 })) {
    if (!(Number.isInteger(value) && value >= 1)) throw new RangeError(`${name} is ${value}, not at least 1`);
  }
  if (!(Number.isInteger(minSamplesSplit) && minSamplesSplit >= 2))
    throw new RangeError(`minSamplesSplit is ${minSamplesSplit}, not at least 2`);
  const columns = denseColumns(X, Y);
  const rowWeights = params.classWeight === 'balanced' ? balancedWeights(Y) : undefined;
  const maxFeatures = countFeatures(params.maxFeatures, X.columns);
  const nodes = new NodesBuilder();
  const leaves = new LeavesBuilder();
  const roots = Uint32Array.from({ length: estimators }, (_, number) => {
    const random = createRandom(`random_forest ${seed} ${number}`);
    const weights = params.bootstrap ? drawWeights(X.rows, random) : new Float64Array(X.rows).fill(1);
    rowWeights?.forEach((weight, row) => {
      weights[row]! *= weight;
    });
    const tree = { maxDepth, minSamplesLeaf, minSamplesSplit, criterion, maxFeatures };
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

/**
 * Weights by which both classes of each label are worth the same: a row's is the product over the labels of
 * `n / (classes count)`, count that of the rows that have the label as it has it, or lack it as it does, classes 2, or 1 where
 * all rows have it or none. Scaled so that the heaviest row weighs 1: trees depend on ratios alone.
 *
 * @see scikit-learn 1.9.1, `compute_sample_weight('balanced', Y)`.
 */
function balancedWeights(Y: LabelMatrix): Float64Array {
  const having = new Float64Array(Y.labels);
  for (const label of Y.indices) having[label]!++;
  // Beside a row without labels, which all rows have in common: products over many labels leave the range of numbers.
  const ratios = having.map((count) => (count === Y.rows ? 0 : Math.log((Y.rows - count) / count)));
  const logarithms = Float64Array.from({ length: Y.rows }, (_, row) =>
    Y.indices.subarray(Y.indptr[row], Y.indptr[row + 1]).reduce((sum, label) => sum + ratios[label]!, 0),
  );
  const heaviest = logarithms.reduce((a, b) => Math.max(a, b));
  return logarithms.map((value) => Math.exp(value - heaviest));
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

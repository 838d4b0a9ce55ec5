/**
 * Gradient boosting of histogram trees for each label, by the logistic loss: what xgboost, lightgbm and scikit-learn's
 * `OneVsRestClassifier(HistGradientBoostingClassifier(early_stopping=False))` do.
 *
 * @see Friedman: Greedy function approximation: a gradient boosting machine (Annals of Statistics 29, 2001); scikit-learn 1.9.1,
 *   ensemble/_hist_gradient_boosting/gradient_boosting.py.
 * @module
 */

import type { LabelMatrix } from '../labels/index.ts';
import type { Csr } from '../sparse/index.ts';
import { type Binned, binColumns } from './bins.ts';
import { denseColumns, forEachDenseRow } from './dense.ts';
import { HistogramTreeGrower } from './histogram-tree.ts';
import { leafOf, type Nodes, NodesBuilder } from './nodes.ts';

export interface BoostedTreesParams {
  /** Trees for each label, at least 1. */
  readonly estimators: number;
  /** What a tree's values are multiplied by; > 0. */
  readonly learningRate: number;
  /** Leaves of a tree at most, at least 2. */
  readonly maxLeafNodes: number;
  /** At least 1; undefined: no limit. */
  readonly maxDepth: number | undefined;
  /** Rows of a leaf, at least 1. */
  readonly minSamplesLeaf: number;
  /** At least 0. */
  readonly l2: number;
  /** Of a feature, from 2 to 255. */
  readonly maxBins: number;
  readonly classWeight: 'balanced' | undefined;
}

/** Nodes of all trees, one after the other. */
export interface BoostedTreesModel {
  readonly kind: 'boosted';
  readonly labels: number;
  readonly features: number;
  /** Length labels: the score that trees add to, log-odds. */
  readonly baselines: Float64Array;
  /** Length labels + 1: the trees of label `l` are `roots[starts[l]..starts[l+1]]`. */
  readonly starts: Uint32Array;
  readonly roots: Uint32Array;
  readonly nodes: Nodes;
  /** Length nodes: what a leaf adds; of others 0. */
  readonly values: Float64Array;
}

/**
 * @param X Shape (n, features), n >= 1.
 * @param Y Shape (n, labels). A label of no row or of all is given the score -1 or 1.
 * @param onLabel Told after each label how many are done.
 * @throws {RangeError} If the shapes differ, there is no row, a parameter is out of range, a value is not finite or X has too
 *   many rows or features.
 *
 * O(labels trees n features log leaves) time; five bytes for each cell of X and 6 KiB for each feature and open leaf.
 */
export function fitBoostedTrees(
  params: BoostedTreesParams,
  X: Csr,
  Y: LabelMatrix,
  onLabel: (done: number) => void = () => undefined,
): BoostedTreesModel {
  checkParams(params);
  const rowsOf = Array.from({ length: Y.labels }, () => new Array<number>());
  for (let i = 0; i < Y.rows; i++) {
    for (let k = Y.indptr[i]!; k < Y.indptr[i + 1]!; k++) rowsOf[Y.indices[k]!]!.push(i);
  }
  return fitBinned(params, binColumns(denseColumns(X, Y), params.maxBins), rowsOf, onLabel);
}

/**
 * As `fitBoostedTrees`, of rows that are in bins already.
 *
 * @param rowsOf For each label, ascending: the rows that have it.
 */
export function fitBinned(
  params: BoostedTreesParams,
  binned: Binned,
  rowsOf: readonly (readonly number[])[],
  onLabel: (done: number) => void = () => undefined,
): BoostedTreesModel {
  checkParams(params);
  const labels = rowsOf.length;
  const grower = new HistogramTreeGrower(binned, params);
  const nodes = new NodesBuilder();
  const values: number[] = [];
  const baselines = new Float64Array(labels);
  const starts = new Uint32Array(labels + 1);
  const roots: number[] = [];
  rowsOf.forEach((positives, label) => {
    baselines[label] = boost(params, binned, positives, (gradients, hessians, scores) => {
      const root = grower.grow(gradients, hessians, nodes, (node, rows, value) => {
        values[node] = params.learningRate * value;
        for (const row of rows) scores[row]! += values[node];
      });
      roots.push(root);
    });
    starts[label + 1] = roots.length;
    onLabel(label + 1);
  });
  return {
    kind: 'boosted',
    labels,
    features: binned.thresholds.length,
    baselines,
    starts,
    roots: Uint32Array.from(roots),
    nodes: nodes.end(),
    values: Float64Array.from({ length: nodes.length }, (_, node) => values[node] ?? 0),
  };
}

/**
 * One label's steps.
 *
 * @param step Fits a tree to the gradients and adds it to the scores.
 * @returns The baseline.
 */
function boost(
  { estimators, classWeight }: BoostedTreesParams,
  { rows }: Binned,
  positives: readonly number[],
  step: (gradients: Float64Array, hessians: Float64Array, scores: Float64Array) => void,
): number {
  if (positives.length === 0 || positives.length === rows) return positives.length === 0 ? -1 : 1;
  const isPositive = new Uint8Array(rows);
  for (const row of positives) isPositive[row] = 1;
  const weigh = (count: number): number => (classWeight === undefined ? 1 : rows / (2 * count));
  const weights = [weigh(rows - positives.length), weigh(positives.length)] as const;
  const baseline = Math.log((weights[1] * positives.length) / (weights[0] * (rows - positives.length)));
  const scores = new Float64Array(rows).fill(baseline);
  const gradients = new Float64Array(rows);
  const hessians = new Float64Array(rows);
  for (let tree = 0; tree < estimators; tree++) {
    for (let i = 0; i < rows; i++) {
      const probability = 1 / (1 + Math.exp(-scores[i]!));
      const weight = weights[isPositive[i] as 0 | 1];
      gradients[i] = weight * (probability - isPositive[i]!);
      hessians[i] = weight * probability * (1 - probability);
    }
    step(gradients, hessians, scores);
  }
  return baseline;
}

function checkParams(params: BoostedTreesParams): void {
  const { estimators, maxLeafNodes, maxDepth = 1, minSamplesLeaf, maxBins, learningRate, l2 } = params;
  const atLeast = (name: string, value: number, least: number, most = Infinity): void => {
    if (!(Number.isInteger(value) && value >= least && value <= most)) {
      throw new RangeError(
        `${name} is ${value}, not a whole number from ${least} on${most < Infinity ? ` to ${most}` : ''}`,
      );
    }
  };
  atLeast('estimators', estimators, 1);
  atLeast('maxLeafNodes', maxLeafNodes, 2);
  atLeast('maxDepth', maxDepth, 1);
  atLeast('minSamplesLeaf', minSamplesLeaf, 1);
  atLeast('maxBins', maxBins, 2, 255);
  if (!(learningRate > 0 && learningRate < Infinity))
    throw new RangeError(`learningRate is ${learningRate}, not above 0`);
  if (!(l2 >= 0 && l2 < Infinity)) throw new RangeError(`l2 is ${l2}, not 0 or above`);
}

/** From X, shape (rows, features), to log-odds, shape (rows, labels). */
export function createBoostedTreesScorer(model: BoostedTreesModel): (X: Csr) => Float64Array {
  const { labels, features } = model;
  return (X) => {
    const scores = new Float64Array(X.rows * labels);
    forEachDenseRow(X, features, (row, i) => {
      for (let label = 0; label < labels; label++) scores[i * labels + label] = scoreRow(model, label, row);
    });
    return scores;
  };
}

/** Log-odds of a label, of a row of shape (features). */
export function scoreRow(
  { baselines, starts, roots, nodes, values }: BoostedTreesModel,
  label: number,
  row: Float32Array,
): number {
  let score = baselines[label]!;
  for (let t = starts[label]!; t < starts[label + 1]!; t++) score += values[leafOf(nodes, roots[t]!, row)]!;
  return score;
}

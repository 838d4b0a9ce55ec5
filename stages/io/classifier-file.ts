/**
 * A fitted classifier: an `.arrays` file whose kind is that of the classifier.
 *
 * | kind | meta | arrays |
 * |---|---|---|
 * | `linear` | `shape`: [tags, columns] | `coefficients` f64 (tags x columns, row by row), `intercepts` f64 (tags) |
 * | `neighbors` | `shape`, `neighbors`, `weights` | `values` f64, `indptr`, `indices` u32: the rows; `label_indptr`, `label_indices` u32: their tags |
 * | `forest` | `shape` | nodes, as below; `roots` u32 (trees), `leaf_of` u32 (nodes), `leaf_starts` u32, `leaf_labels` u32, `leaf_shares` f64 |
 * | `boosted` | `shape` | nodes; `roots` u32 (trees), `label_starts` u32 (tags + 1), `baselines` f64 (tags), `values` f64 (nodes) |
 *
 * Nodes are those of all trees: `feature` i32 (-1: a leaf), `threshold` f64, `left` and `right` u32, numbers of nodes further on.
 *
 * @module
 */

import { StageFailure } from 'dvc-like/stage';
import type { Classifier } from '../learn/classifier/index.ts';
import type { BoostedTreesModel, Nodes } from '../learn/trees/index.ts';
import { type ArraysFile, type NumericArray, readArrays, writeArrays } from './arrays.ts';

type Kind = Classifier['kind'];
type Body = Pick<ArraysFile, 'meta' | 'arrays'>;

interface Form<Model> {
  readonly encode: (model: Model) => Body;
  /** Undefined where it is no classifier of so many tags and columns. */
  readonly decode: (body: Body, tags: number, columns: number) => Model | undefined;
}

const FORMS: { readonly [K in Kind]: Form<Extract<Classifier, { readonly kind: K }>> } = {
  linear: {
    encode: ({ labels, features, coefficients, intercepts }) => ({
      meta: { shape: [labels, features] },
      arrays: { coefficients, intercepts },
    }),
    decode: ({ arrays: { coefficients, intercepts } }, labels, features) =>
      areFinite(coefficients, labels * features) && areFinite(intercepts, labels)
        ? { kind: 'linear', labels, features, coefficients, intercepts }
        : undefined,
  },
  neighbors: {
    encode: ({ params, labels, features, rows, rowLabels }) => ({
      meta: { ...params, shape: [labels, features] },
      arrays: {
        values: rows.values,
        indptr: rows.indptr,
        indices: rows.indices,
        label_indptr: rowLabels.indptr,
        label_indices: rowLabels.indices,
      },
    }),
    decode: ({ meta, arrays }, labels, columns) => {
      const { neighbors, weights } = meta;
      const { values, indptr, indices, label_indptr, label_indices } = arrays;
      const isValid =
        areRows(indptr, indices, columns) &&
        areRows(label_indptr, label_indices, labels) &&
        areFinite(values, indices!.length) &&
        indptr.length === label_indptr.length &&
        typeof neighbors === 'number' &&
        neighbors < indptr.length &&
        (weights === 'uniform' || weights === 'distance');
      if (!isValid) return undefined;
      const rows = indptr.length - 1;
      return {
        kind: 'neighbors',
        params: { neighbors, weights },
        labels,
        features: columns,
        rows: { rows, columns, indptr, indices: indices as Uint32Array, values },
        rowLabels: { rows, labels, indptr: label_indptr, indices: label_indices as Uint32Array },
      };
    },
  },
  forest: {
    encode: ({ labels, features, roots, nodes, leaves }) => ({
      meta: { shape: [labels, features] },
      arrays: {
        ...nodes,
        roots,
        leaf_of: leaves.leafOf,
        leaf_starts: leaves.starts,
        leaf_labels: leaves.labels,
        leaf_shares: leaves.shares,
      },
    }),
    decode: ({ meta, arrays }, labels, features) => {
      const { roots, leaf_of, leaf_starts, leaf_labels, leaf_shares } = arrays;
      const nodes = nodesOf(arrays, features);
      const isValid =
        isShape(meta, labels, features) &&
        nodes !== undefined &&
        areBelow(roots, nodes.feature.length) &&
        areRows(leaf_starts, leaf_labels, labels) &&
        areBelow(leaf_of, leaf_starts.length - 1) &&
        leaf_of.length === nodes.feature.length &&
        areFinite(leaf_shares, leaf_labels!.length);
      if (!isValid) return undefined;
      const leaves = {
        leafOf: leaf_of,
        starts: leaf_starts,
        labels: leaf_labels as Uint32Array,
        shares: leaf_shares,
      };
      return { kind: 'forest', labels, features, roots, nodes, leaves };
    },
  },
  boosted: {
    encode: (model) => ({
      meta: { shape: [model.labels, model.features] },
      arrays: boostedArrays(model),
    }),
    decode: ({ meta, arrays }, labels, features) =>
      isShape(meta, labels, features) ? decodeBoosted(arrays, labels, features) : undefined,
  },
};

export function writeClassifier(path: string, classifier: Classifier): void {
  const form = FORMS[classifier.kind] as Form<Classifier>;
  writeArrays(path, { kind: classifier.kind, ...form.encode(classifier) });
}

/** @throws {StageFailure} If the file holds no classifier of so many tags and columns. */
export function readClassifier(path: string, tags: number, columns: number): Classifier {
  const file = readArrays(path, Object.keys(FORMS));
  const classifier = FORMS[file.kind as Kind].decode(file, tags, columns);
  if (classifier !== undefined) return classifier;
  throw new StageFailure(`Cannot read "${path}": it is not a classifier of ${tags} tags`);
}

export const boostedArrays = ({
  roots,
  nodes,
  starts,
  baselines,
  values,
}: BoostedTreesModel): Body['arrays'] => ({ ...nodes, roots, label_starts: starts, baselines, values });

/** Undefined where they are no boosted trees of so many tags and columns. */
export function decodeBoosted(
  arrays: Body['arrays'],
  labels: number,
  features: number,
): BoostedTreesModel | undefined {
  const { roots, label_starts, baselines, values } = arrays;
  const nodes = nodesOf(arrays, features);
  const isValid =
    nodes !== undefined &&
    areBelow(roots, nodes.feature.length) &&
    areRows(label_starts, roots, nodes.feature.length) &&
    label_starts.length === labels + 1 &&
    areFinite(baselines, labels) &&
    areFinite(values, nodes.feature.length);
  if (!isValid) return undefined;
  return { kind: 'boosted', labels, features, roots, nodes, starts: label_starts, baselines, values };
}

const areFinite = (array: NumericArray | undefined, length: number): array is Float64Array =>
  array instanceof Float64Array && array.length === length && array.every(Number.isFinite);

/** Whether they are rows with columns below `columns`. */
const areRows = (
  indptr: NumericArray | undefined,
  indices: NumericArray | undefined,
  columns: number,
): indptr is Uint32Array =>
  indptr instanceof Uint32Array &&
  indices instanceof Uint32Array &&
  indptr[0] === 0 &&
  indptr.at(-1) === indices.length &&
  indptr.every((start, i) => i === 0 || start >= indptr[i - 1]!) &&
  indices.every((column) => column < columns);

const isShape = ({ shape }: ArraysFile['meta'], labels: number, features: number): boolean =>
  Array.isArray(shape) && shape[0] === labels && shape[1] === features;

const areBelow = (array: NumericArray | undefined, limit: number): array is Uint32Array =>
  array instanceof Uint32Array && array.every((number) => number < limit);

/** Undefined where they are no trees over so many features. Children come after their parent: no walk goes round. */
function nodesOf(
  { feature, threshold, left, right }: Readonly<Record<string, NumericArray | undefined>>,
  features: number,
): Nodes | undefined {
  const isValid =
    feature instanceof Int32Array &&
    areFinite(threshold, feature.length) &&
    areBelow(left, feature.length) &&
    areBelow(right, feature.length) &&
    left.length === feature.length &&
    right.length === feature.length &&
    feature.every(
      (each, node) =>
        each === -1 || (each >= 0 && each < features && left[node]! > node && right[node]! > node),
    );
  return isValid ? { feature, threshold, left, right } : undefined;
}

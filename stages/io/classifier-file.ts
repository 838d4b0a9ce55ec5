/**
 * A fitted classifier: an `.arrays` file whose kind is that of the classifier.
 *
 * | kind | meta | arrays |
 * |---|---|---|
 * | `linear` | `shape`: [tags, columns] | `coefficients` f64 (tags x columns, row by row), `intercepts` f64 (tags) |
 * | `neighbors` | `shape`, `neighbors`, `weights` | `values` f64, `indptr`, `indices` u32: the rows; `label_indptr`, `label_indices` u32: their tags |
 *
 * @module
 */

import { StageFailure } from 'dvc-like/stage';
import type { Classifier } from '../learn/classifier/index.ts';
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

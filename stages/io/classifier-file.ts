/**
 * A fitted classifier: an `.arrays` file whose kind is that of the classifier.
 *
 * | kind | meta | arrays |
 * |---|---|---|
 * | `linear` | `shape`: [tags, columns] | `coefficients` f64 (tags x columns, row by row), `intercepts` f64 (tags) |
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

/**
 * A fitted vectorizer: an `.arrays` file of kind `tfidf`.
 *
 * Its meta has the `settings` and the `terms` in the order of the columns; its array `idf` (f64) is there where idf is
 * used.
 *
 * @module
 */

import { StageFailure } from 'dvc-like/stage';
import { type FeatureSettings, toTfidfParams } from '../learn/tagger/index.ts';
import { modelParams, type TfidfModel } from '../learn/text/index.ts';
import { readArrays, writeArrays } from './arrays.ts';

export interface VectorizerFile {
  readonly settings: FeatureSettings;
  readonly model: TfidfModel;
}

export function writeVectorizer(path: string, { settings, model }: VectorizerFile): void {
  const { terms, idf } = model;
  writeArrays(path, { kind: 'tfidf', meta: { settings, terms }, arrays: idf === undefined ? {} : { idf } });
}

/** @throws {StageFailure} If the file holds no vectorizer, or one with a number that is not finite. */
export function readVectorizer(path: string): VectorizerFile {
  const { meta, arrays } = readArrays(path, 'tfidf');
  const { settings, terms } = meta as {
    readonly settings?: FeatureSettings;
    readonly terms?: readonly string[];
  };
  const { idf } = arrays;
  const isValid =
    settings !== undefined &&
    Array.isArray(terms) &&
    (idf === undefined) === !settings.use_idf &&
    (idf === undefined ||
      (idf instanceof Float64Array && idf.length === terms.length && idf.every(Number.isFinite)));
  if (!isValid) throw new StageFailure(`Cannot read "${path}": it is not a vectorizer`);
  const { tokens, weights } = modelParams(toTfidfParams(settings));
  return { settings, model: { tokens, weights, terms, idf } };
}

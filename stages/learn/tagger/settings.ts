/**
 * The settings of a tagger, with scikit-learn's names and meanings where it has them, and what they are to the parts
 * of `learn/`.
 *
 * @module
 */

import type { LinearSvcParams } from '../linear/index.ts';
import { type DocumentFrequency, englishStopWords, type TfidfParams } from '../text/index.ts';

export interface LabelSettings {
  /** In (0, 1]. */
  readonly coverage: number;
  /** At least 1. */
  readonly min_support: number;
}

export interface FeatureSettings {
  /** Joined by a blank, in this order. */
  readonly fields: readonly Field[];
  readonly lowercase: boolean;
  readonly stop_words: 'english' | null;
  /** Two whole numbers: the fewest and the most words of a term. */
  readonly ngram_range: readonly number[];
  /** Below 1 a share of the documents, else a number of them. */
  readonly min_df: number;
  /** Up to 1 a share of the documents, else a number of them. */
  readonly max_df: number;
  readonly max_features: number | null;
  readonly binary: boolean;
  readonly use_idf: boolean;
  readonly smooth_idf: boolean;
  readonly sublinear_tf: boolean;
  readonly norm: 'l1' | 'l2' | null;
}

/** One linear classifier for each tag. */
export interface ClassifierSettings {
  readonly kind: 'linear_svc';
  readonly loss: 'squared_hinge' | 'hinge';
  readonly C: number;
  readonly class_weight: 'balanced' | null;
  readonly tol: number;
  readonly max_iter: number;
  readonly intercept_scaling: number;
  /** A tag is given where its score is above. */
  readonly threshold: number;
  /** Of the order in which the solver visits rows. */
  readonly seed: number;
}

export type Field = 'title' | 'text' | 'code';

/** What a tagger reads of a question. */
export type Fields = Readonly<Record<Field, string>>;

export const documentOf = (fields: Fields, names: readonly Field[]): string =>
  names.map((name) => fields[name]).join(' ');

export const toLinearSvcParams = (settings: ClassifierSettings): LinearSvcParams => ({
  loss: settings.loss,
  C: settings.C,
  classWeight: settings.class_weight ?? undefined,
  tol: settings.tol,
  maxIter: settings.max_iter,
  interceptScaling: settings.intercept_scaling,
  seed: settings.seed,
});

/** @throws {RangeError} If `ngram_range` is not a range. */
export function toTfidfParams(settings: FeatureSettings): TfidfParams {
  const [fewest = 0, most = 0] = settings.ngram_range;
  if (!(fewest >= 1 && fewest <= most)) {
    throw new RangeError(
      `featurize.ngram_range is [${settings.ngram_range.join(', ')}]: not from a number to one as large`,
    );
  }
  return {
    analyzer: { kind: 'word' },
    lowercase: settings.lowercase,
    stripAccents: undefined,
    stopWords: settings.stop_words === 'english' ? englishStopWords() : new Set(),
    ngramRange: [fewest, most],
    minDf: settings.min_df < 1 ? share(settings.min_df) : count(settings.min_df),
    maxDf: settings.max_df <= 1 ? share(settings.max_df) : count(settings.max_df),
    maxFeatures: settings.max_features ?? undefined,
    binary: settings.binary,
    sublinearTf: settings.sublinear_tf,
    useIdf: settings.use_idf,
    smoothIdf: settings.smooth_idf,
    norm: settings.norm ?? 'none',
  };
}

const share = (value: number): DocumentFrequency => ({ kind: 'share', share: value });
const count = (value: number): DocumentFrequency => ({ kind: 'count', documents: value });

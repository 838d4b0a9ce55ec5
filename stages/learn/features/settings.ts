/**
 * The settings of features: blocks of columns, side by side. Names and meanings are scikit-learn's where it has them,
 * and so is what a key that is left out stands for.
 *
 * @module
 */

import { type DocumentFrequency, englishStopWords, type TfidfParams } from '../text/index.ts';

export interface FeatureSettings {
  /** At least one. */
  readonly blocks: readonly BlockSettings[];
}

export type BlockSettings = TfidfSettings;

/** Terms of some fields, weighted by how rare they are. */
export interface TfidfSettings {
  readonly kind: 'tfidf';
  /** Joined by a blank, in this order. */
  readonly fields: readonly Field[];
  /** What is a term; `word` where left out. */
  readonly analyzer?: 'word' | 'char' | 'char_wb';
  /** True where left out. */
  readonly lowercase?: boolean;
  readonly stop_words?: 'english' | null;
  /** Two whole numbers: the fewest and the most words, or characters, of a term. [1, 1] where left out. */
  readonly ngram_range?: readonly number[];
  /** Below 1 a share of the documents, else a number of them; 1 where left out. */
  readonly min_df?: number;
  /** Up to 1 a share of the documents, else a number of them; 1 where left out. */
  readonly max_df?: number;
  readonly max_features?: number | null;
  readonly binary?: boolean;
  /** True where left out. */
  readonly use_idf?: boolean;
  /** True where left out. */
  readonly smooth_idf?: boolean;
  readonly sublinear_tf?: boolean;
  /** `l2` where left out. */
  readonly norm?: 'l1' | 'l2' | null;
  /** What the rows are multiplied by when they have their norm; 1 where left out. */
  readonly weight?: number;
}

export type Field = 'title' | 'text' | 'code';

/** What features are made of. */
export type Fields = Readonly<Record<Field, string>>;

export const documentOf = (fields: Fields, names: readonly Field[]): string =>
  names.map((name) => fields[name]).join(' ');

/** @throws {RangeError} If a key is out of its range, or does not go with another; the message begins with the key. */
export function toTfidfParams(settings: TfidfSettings): TfidfParams {
  const [fewest = 0, most = 0] = settings.ngram_range ?? [1, 1];
  if (!(fewest >= 1 && fewest <= most)) {
    throw new RangeError(`ngram_range is [${fewest}, ${most}]: it must rise from 1 or more`);
  }
  const { min_df = 1, max_df = 1 } = settings;
  return {
    analyzer: { kind: settings.analyzer ?? 'word' },
    lowercase: settings.lowercase ?? true,
    stripAccents: undefined,
    stopWords: settings.stop_words === 'english' ? englishStopWords() : new Set(),
    ngramRange: [fewest, most],
    minDf: min_df < 1 ? share(min_df) : count(min_df),
    maxDf: max_df <= 1 ? share(max_df) : count(max_df),
    maxFeatures: settings.max_features ?? undefined,
    binary: settings.binary ?? false,
    sublinearTf: settings.sublinear_tf ?? false,
    useIdf: settings.use_idf ?? true,
    smoothIdf: settings.smooth_idf ?? true,
    norm: settings.norm === undefined ? 'l2' : (settings.norm ?? 'none'),
  };
}

const share = (value: number): DocumentFrequency => ({ kind: 'share', share: value });
const count = (value: number): DocumentFrequency => ({ kind: 'count', documents: value });

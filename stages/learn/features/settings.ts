/**
 * The settings of features: blocks of columns, side by side. Names and meanings are scikit-learn's where it has them,
 * and so is what a key that is left out stands for.
 *
 * @module
 */

import {
  type DocumentFrequency,
  englishStopWords,
  modelParams,
  type TfidfModel,
  type TfidfParams,
} from '../text/index.ts';
import type { Field } from './fields.ts';

export interface FeatureSettings {
  /**
   * What of the blocks a row has: `tfidf` (where left out) their columns, `lsa` the components of those alone, `both` the
   * columns and behind them the components.
   */
  readonly kind?: 'tfidf' | 'lsa' | 'both';
  /** At least one. */
  readonly blocks: readonly BlockSettings[];
  /** What brings each stacked row to length 1; null, which is what leaving it out means, leaves it. */
  readonly normalize?: 'l2' | null;
  /** Of the stacked rows; needed for `lsa` and `both`. */
  readonly lsa?: LsaSettings;
}

/** Latent semantic analysis: a truncated SVD of the stacked rows. */
export interface LsaSettings {
  readonly n_components: number;
  /** Power iterations. */
  readonly n_iter: number;
  readonly seed: number;
  /** What brings each row of components to length 1; null leaves it. */
  readonly normalize: 'l2' | null;
}

export type BlockSettings = TfidfSettings | TagNamesSettings;

/** Terms of some fields, weighted by how rare they are. */
export interface TfidfSettings {
  readonly kind: 'tfidf';
  /** Joined by a blank, in this order. */
  readonly fields: readonly Field[];
  /** What is a term; `word` where left out. */
  readonly analyzer?: 'word' | 'domain' | 'symbols' | 'char' | 'char_wb';
  /** True where left out. */
  readonly lowercase?: boolean;
  readonly stop_words?: 'english' | null;
  readonly stemmer?: 'porter' | null;
  /** Two whole numbers: the fewest and the most words, or characters, of a term. [1, 1] where left out. */
  readonly ngram_range?: readonly number[];
  /** Below 1 a share of the documents, else a number of them; 1 where left out. */
  readonly min_df?: number;
  /** Up to 1 a share of the documents, else a number of them; 1.0 where left out. */
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

/** Which labels a question names. */
export interface TagNamesSettings {
  readonly kind: 'tag_names';
  /** Each with its own columns, one for each label. */
  readonly fields: readonly Field[];
  /** The value of a column where the name is there; 1 where left out. */
  readonly weight?: number;
}

/** @throws {RangeError} If a key does not go with another; the message begins with the key. */
export function toTfidfParams(settings: TfidfSettings): TfidfParams {
  const { analyzer = 'word', min_df = 1, max_df = 1 } = settings;
  const stopWords = settings.stop_words ?? null;
  const stemmer = settings.stemmer ?? null;
  const lowercase = settings.lowercase ?? analyzer !== 'symbols';
  const [fewest = 0, most = 0] = settings.ngram_range ?? [1, 1];
  if (!(fewest >= 1 && fewest <= most)) {
    throw new RangeError(`ngram_range is [${fewest}, ${most}]: it must rise from 1 or more`);
  }
  for (const [key, value] of Object.entries({ stop_words: stopWords, stemmer })) {
    if (value !== null && analyzer !== 'word' && analyzer !== 'domain') {
      throw new RangeError(`${key} is "${value}": it is for words, and the analyzer is "${analyzer}"`);
    }
  }
  if (stemmer !== null && !lowercase) {
    throw new RangeError(`stemmer is "${stemmer}": it is for lower case, and lowercase is false`);
  }
  return {
    analyzer: { kind: analyzer },
    lowercase,
    stripAccents: undefined,
    stopWords: stopWords === 'english' ? englishStopWords() : new Set(),
    stemmer: stemmer ?? undefined,
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

/** A model of the settings from what was learned by them: the inverse of reading `terms` and `idf` off a model. */
export const toTfidfModel = (
  settings: TfidfSettings,
  learned: Pick<TfidfModel, 'terms' | 'idf'>,
): TfidfModel => ({ ...modelParams(toTfidfParams(settings)), ...learned });

const share = (value: number): DocumentFrequency => ({ kind: 'share', share: value });
const count = (value: number): DocumentFrequency => ({ kind: 'count', documents: value });

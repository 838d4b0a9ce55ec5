import { readFileSync } from 'node:fs';
import * as assert from 'uvu/assert';
import { englishStopWords, fitTfidf, type TfidfParams } from '../../../stages/learn/text/index.ts';
import { suite, table } from '../../support/suite.ts';
import { largestDifference } from '../golden.ts';

interface Golden {
  readonly texts: readonly string[];
  readonly fits: readonly {
    readonly params: {
      readonly sublinear_tf?: boolean;
      readonly ngram_range?: readonly [number, number];
      readonly norm?: 'l1' | null;
      readonly smooth_idf?: boolean;
      readonly binary?: boolean;
      readonly min_df?: number;
      readonly stop_words?: 'english';
      readonly lowercase?: boolean;
    };
    readonly terms: readonly string[];
    readonly idf: readonly number[];
    readonly indptr: readonly number[];
    readonly indices: readonly number[];
    readonly values: readonly number[];
  }[];
}

/** Made by scikit-learn: see the script beside it. */
const golden = JSON.parse(readFileSync(new URL('./golden/tfidf.json', import.meta.url), 'utf8')) as Golden;

const paramsOf = ({ params }: Golden['fits'][number]): TfidfParams => ({
  analyzer: { kind: 'word' },
  lowercase: params.lowercase ?? true,
  stripAccents: undefined,
  stopWords: params.stop_words === undefined ? new Set() : englishStopWords(),
  stemmer: undefined,
  ngramRange: params.ngram_range ?? [1, 1],
  minDf: { kind: 'count', documents: params.min_df ?? 1 },
  maxDf: { kind: 'share', share: 1 },
  maxFeatures: undefined,
  binary: params.binary ?? false,
  sublinearTf: params.sublinear_tf ?? false,
  useIdf: true,
  smoothIdf: params.smooth_idf ?? true,
  norm: params.norm === null ? 'none' : (params.norm ?? 'l2'),
});

suite('fitTfidf() has the values of scikit-learn to 1e-12', (test) => {
  table(
    test,
    golden.fits.map((fit) => ({ ...fit, name: JSON.stringify(fit.params) })),
    (fit) => {
      const { model, matrix } = fitTfidf(paramsOf(fit), golden.texts);
      assert.equal(model.terms, fit.terms);
      assert.ok(largestDifference(model.idf!, fit.idf) < 1e-12);
      assert.equal([...matrix.indptr], fit.indptr);
      assert.equal([...matrix.indices], fit.indices);
      assert.ok(largestDifference(matrix.values, fit.values) < 1e-12);
    },
  );
});

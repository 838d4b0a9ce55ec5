import * as assert from 'uvu/assert';
import {
  analyze,
  type DocumentFrequency,
  englishStopWords,
  fitTfidf,
  type TfidfParams,
  transformTfidf,
} from '../../../stages/learn/text/index.ts';
import { suite, table } from '../../support/suite.ts';
import { largestDifference, readDocuments, readGolden, withoutGolden } from '../golden.ts';

const NO_STOP_WORDS: ReadonlySet<string> = new Set();

interface TokenCase {
  readonly text: string;
  readonly tokens: readonly string[];
}

suite('analyze() gives the tokens of scikit-learn', { skip: withoutGolden }, (test) => {
  const golden = readGolden('tokenize') as { cases: readonly TokenCase[]; bigrams: readonly TokenCase[] };
  const rows = [
    ...golden.cases.map((row, i) => ({ ...row, name: `case ${i}`, ngramRange: [1, 1] as const })),
    ...golden.bigrams.map((row, i) => ({ ...row, name: `bigrams ${i}`, ngramRange: [1, 2] as const })),
  ];
  table(test, rows, ({ text, tokens, ngramRange }) => {
    assert.equal(analyze(text, { lowercase: true, stopWords: NO_STOP_WORDS, ngramRange }), tokens);
  });
});

interface Config {
  readonly params: {
    readonly sublinear_tf?: boolean;
    readonly min_df?: number;
    readonly max_df?: number;
    readonly ngram_range?: readonly [number, number];
    readonly max_features?: number;
    readonly norm?: 'l1' | 'l2' | null;
    readonly smooth_idf?: boolean;
    readonly use_idf?: boolean;
    readonly binary?: boolean;
    readonly stop_words?: 'english';
    readonly analyzer?: string;
    readonly token_pattern?: string;
    readonly dtype?: string;
  };
  readonly vocab: readonly string[];
  readonly idf: readonly number[] | null;
  readonly nnz: number;
  readonly rows: readonly {
    readonly i: number;
    readonly idx: readonly number[];
    readonly val: readonly number[];
  }[];
}

suite('fitTfidf() learns what scikit-learn learns, values to 1e-9', { skip: withoutGolden }, (test) => {
  const { texts } = readDocuments();
  const { configs } = readGolden('tfidf') as { configs: readonly Config[] };
  // Other analyzers and single precision are not ours.
  const ours = configs.filter(({ params }) => !params.analyzer && !params.token_pattern && !params.dtype);
  table(
    test,
    ours.map((config) => ({ ...config, name: JSON.stringify(config.params) })),
    (config) => {
      const { model, matrix } = fitTfidf(paramsOf(config), texts);
      assert.equal(model.terms, config.vocab);
      if (config.idf !== null && model.idf !== undefined)
        assert.ok(largestDifference(model.idf, config.idf) < 1e-9);
      assert.is(matrix.indices.length, config.nnz);
      for (const { i, idx, val } of config.rows) {
        const [start, end] = [matrix.indptr[i]!, matrix.indptr[i + 1]!];
        assert.equal([...matrix.indices.subarray(start, end)], idx);
        assert.ok(largestDifference(matrix.values.subarray(start, end), val) < 1e-9);
      }
      assert.equal(transformTfidf(model, texts), matrix);
    },
  );
});

function paramsOf({ params }: Config): TfidfParams {
  const frequency = (value: number, isWhole: boolean): DocumentFrequency =>
    isWhole ? { kind: 'count', documents: value } : { kind: 'share', share: value };
  const { min_df: least = 1, max_df: most = 1 } = params;
  return {
    lowercase: true,
    stopWords: params.stop_words === 'english' ? englishStopWords() : NO_STOP_WORDS,
    ngramRange: params.ngram_range ?? [1, 1],
    minDf: frequency(least, Number.isInteger(least)),
    maxDf: frequency(most, most > 1),
    maxFeatures: params.max_features,
    binary: params.binary ?? false,
    sublinearTf: params.sublinear_tf ?? false,
    useIdf: params.use_idf ?? true,
    smoothIdf: params.smooth_idf ?? true,
    norm: params.norm === null ? 'none' : (params.norm ?? 'l2'),
  };
}

import * as assert from 'uvu/assert';
import {
  type Analyzer,
  analyze,
  type DocumentFrequency,
  englishStopWords,
  fitTfidf,
  type TfidfParams,
  type TokenParams,
  transformTfidf,
} from '../../../stages/learn/text/index.ts';
import { suite, table } from '../../support/suite.ts';
import { largestDifference, readDocuments, readGolden, withoutGolden } from '../golden.ts';

const TOKENS: TokenParams = {
  analyzer: { kind: 'word' },
  lowercase: true,
  stripAccents: undefined,
  stopWords: new Set(),
  stemmer: undefined,
  ngramRange: [1, 1],
};

interface TokenCase {
  readonly text: string;
  readonly tokens: readonly string[];
}

const GROUPS: Readonly<Record<string, Partial<TokenParams>>> = {
  cases: {},
  bigrams: { ngramRange: [1, 2] },
  char: { analyzer: { kind: 'char' }, ngramRange: [1, 3] },
  char_wb: { analyzer: { kind: 'char_wb' }, ngramRange: [2, 3] },
  strip_unicode: { stripAccents: 'unicode' },
  strip_ascii: { stripAccents: 'ascii' },
};

suite('analyze() gives the tokens of scikit-learn', { skip: withoutGolden }, (test) => {
  const golden = readGolden('tokenize') as Readonly<Record<string, readonly TokenCase[]>>;
  for (const [group, params] of Object.entries(GROUPS)) {
    golden[group]!.forEach(({ text, tokens }, i) => {
      test(`${group} ${i}`, () => {
        assert.equal(analyze(text, { ...TOKENS, ...params }), tokens);
      });
    });
  }
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
    readonly analyzer?: 'char_wb';
    readonly token_pattern?: string;
    readonly dtype?: 'float32';
  };
  readonly vocab: readonly string[];
  readonly idf: readonly number[] | null;
  readonly nnz: number;
  readonly sum: number;
  readonly rows: readonly {
    readonly i: number;
    readonly idx: readonly number[];
    readonly val: readonly number[];
  }[];
}

suite('fitTfidf() learns what scikit-learn learns, to the digits written', {
  skip: withoutGolden,
}, (test) => {
  const { texts } = readDocuments();
  const { configs } = readGolden('tfidf') as { configs: readonly Config[] };
  table(
    test,
    configs.map((config) => ({ ...config, name: JSON.stringify(config.params) })),
    (config) => {
      const { model, matrix } = fitTfidf(paramsOf(config), texts);
      // Ten digits are written, of singles some six are right.
      const [near, nearSum] = config.params.dtype === 'float32' ? [1e-6, 1e-4] : [1e-9, 1e-9];
      assert.equal(model.terms, config.vocab);
      assert.is(model.idf === undefined, config.idf === null);
      if (model.idf !== undefined) assert.ok(largestDifference(model.idf, config.idf!) < near);
      assert.is(matrix.indices.length, config.nnz);
      assert.ok(Math.abs(matrix.values.reduce((sum, value) => sum + value, 0) - config.sum) < nearSum);
      for (const { i, idx, val } of config.rows) {
        const [start, end] = [matrix.indptr[i]!, matrix.indptr[i + 1]!];
        assert.equal([...matrix.indices.subarray(start, end)], idx);
        assert.ok(largestDifference(matrix.values.subarray(start, end), val) < near);
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
    ...TOKENS,
    analyzer: analyzerOf(params),
    stopWords: params.stop_words === 'english' ? englishStopWords() : new Set(),
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

function analyzerOf({ analyzer, token_pattern: pattern }: Config['params']): Analyzer {
  if (pattern !== undefined) return { kind: 'pattern', pattern: toJavaScript(pattern) };
  return { kind: analyzer ?? 'word' };
}

/** Python's flags and needless escapes are no part of our expressions. */
const toJavaScript = (pattern: string): string => pattern.replace('(?u)', '').replace(/\\(['"`])/g, '$1');

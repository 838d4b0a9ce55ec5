import fc from 'fast-check';
import * as assert from 'uvu/assert';
import {
  analyze,
  compareCodePoints,
  englishStopWords,
  fitTfidf,
  type TfidfParams,
  tfidfTransformer,
  transformTfidf,
} from '../../../stages/learn/text/index.ts';
import { suite } from '../../support/suite.ts';

/** Pieces that are hard to cut or to lower-case, beside plain words. */
const PIECES = [
  ...[
    'the',
    'Docker',
    'docker',
    'dockers',
    'running',
    'a',
    'x1',
    '_',
    'snake_case',
    'constructor',
    '__proto__',
    '42',
    '²',
  ],
  ...['c++', 'C#', '.net', 'asp.net-mvc', '(', '::', 'r'],
  ...[' ', ' ', '\n', '-', '.', '\u00a0', '\u200d', '\ufeff', '\u00ad'],
  ...['İ', 'ΑΣ', 'σ', 'Σ', 'ẞ', 'ǅ', 'é', 'e\u0301', 'ﬁ', 'ñ', '漢字', 'हिन्दी', 'Ⅷ'],
  ...['😀', '𐐀', '𝒜', '\ud800', '\uffee', '\u{10ffff}'],
];

const text = fc.oneof(
  { weight: 3, arbitrary: fc.array(fc.constantFrom(...PIECES), { maxLength: 25 }).map((p) => p.join('')) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
);
const texts = fc.array(text, { minLength: 1, maxLength: 6 });

const tfidfParams: fc.Arbitrary<TfidfParams> = fc.record({
  analyzer: fc.constantFrom(
    ...(['word', 'word', 'char_wb', 'domain', 'symbols'] as const).map((kind) => ({ kind })),
  ),
  lowercase: fc.boolean(),
  stripAccents: fc.constantFrom(undefined, undefined, 'ascii' as const, 'unicode' as const),
  stopWords: fc.constantFrom(new Set<string>(), englishStopWords()),
  stemmer: fc.constantFrom(undefined, undefined, 'porter' as const),
  ngramRange: fc.constantFrom([1, 1] as const, [1, 2] as const, [2, 3] as const, [1, 3] as const),
  minDf: fc.constant({ kind: 'count' as const, documents: 1 }),
  maxDf: fc.constant({ kind: 'share' as const, share: 1 }),
  maxFeatures: fc.constantFrom(undefined, 3),
  binary: fc.boolean(),
  sublinearTf: fc.boolean(),
  useIdf: fc.boolean(),
  smoothIdf: fc.boolean(),
  norm: fc.constantFrom('l1' as const, 'l2' as const, 'none' as const),
});

const count = (items: readonly string[], item: string): number => items.filter((it) => it === item).length;

/** The rows by their definition, cell by cell. */
function byDefinition(params: TfidfParams, analyzed: readonly (readonly string[])[]) {
  const countIn = (row: readonly string[], term: string): number =>
    params.binary ? Math.min(1, count(row, term)) : count(row, term);
  const occurrences = (term: string): number => analyzed.reduce((sum, row) => sum + countIn(row, term), 0);
  const terms = [...new Set(analyzed.flat())]
    .sort(compareCodePoints)
    .map((term) => ({ term, occurrences: occurrences(term) }))
    .sort((a, b) => b.occurrences - a.occurrences)
    .slice(0, params.maxFeatures)
    .map(({ term }) => term)
    .sort(compareCodePoints);
  const extra = params.smoothIdf ? 1 : 0;
  const idf = (term: string): number =>
    Math.log((analyzed.length + extra) / (analyzed.filter((row) => row.includes(term)).length + extra)) + 1;
  const rows = analyzed.map((row) => {
    const weights = terms.map((term) => {
      const tf = countIn(row, term);
      if (tf === 0) return 0;
      return (params.sublinearTf ? 1 + Math.log(tf) : tf) * (params.useIdf ? idf(term) : 1);
    });
    const l2 = Math.sqrt(weights.reduce((sum, weight) => sum + weight ** 2, 0));
    const l1 = weights.reduce((sum, weight) => sum + weight, 0);
    const length = { l1, l2, none: 1 }[params.norm];
    return weights.map((weight) => (length === 0 ? 0 : weight / length));
  });
  return { terms, rows };
}

suite('fitTfidf() follows its definition', (test) => {
  test('whatever the texts and the parameters', () => {
    fc.assert(
      fc.property(tfidfParams, texts, (params, documents) => {
        const analyzed = documents.map((document) => analyze(document, params));
        fc.pre(analyzed.some((row) => row.length > 0));
        const { terms, rows } = byDefinition(params, analyzed);
        const { model, matrix } = fitTfidf(params, documents);
        assert.equal(model.terms, terms);
        rows.forEach((row, i) => {
          const dense = new Float64Array(terms.length);
          for (let k = matrix.indptr[i]!; k < matrix.indptr[i + 1]!; k++)
            dense[matrix.indices[k]!] = matrix.values[k]!;
          row.forEach((weight, j) => {
            assert.ok(Math.abs(weight - dense[j]!) < 1e-12, `${terms[j]!}: ${weight} and ${dense[j]!}`);
          });
        });
        assert.equal(transformTfidf(model, documents), matrix);
      }),
      { numRuns: 500 },
    );
  });
});

suite('tfidfTransformer()', (test) => {
  test('gives a text the same row alone and among others', () => {
    fc.assert(
      fc.property(tfidfParams, texts, (params, documents) => {
        fc.pre(documents.some((document) => analyze(document, params).length > 0));
        const { model, matrix } = fitTfidf(params, documents);
        const transform = tfidfTransformer(model);
        documents.forEach((document, i) => {
          const row = transform([document]);
          assert.equal(row.indices, matrix.indices.slice(matrix.indptr[i], matrix.indptr[i + 1]));
          assert.equal(row.values, matrix.values.slice(matrix.indptr[i], matrix.indptr[i + 1]));
        });
      }),
    );
  });
});

suite('compareCodePoints() sorts as Python does', (test) => {
  test('astral characters behind all others', () => {
    const sorted = ['a', 'ab', '\ud7ff', '\ue000', '\uffff', '\u{10000}', '\u{10ffff}'];
    assert.equal([...sorted].reverse().sort(compareCodePoints), sorted);
  });
});

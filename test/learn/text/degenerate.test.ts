import * as assert from 'uvu/assert';
import { fitTfidf, type TfidfParams, transformTfidf } from '../../../stages/learn/text/index.ts';
import { suite } from '../../support/suite.ts';

const PARAMS: TfidfParams = {
  analyzer: { kind: 'word' },
  lowercase: true,
  stripAccents: undefined,
  stopWords: new Set(),
  stemmer: undefined,
  ngramRange: [1, 1],
  minDf: { kind: 'count', documents: 1 },
  maxDf: { kind: 'share', share: 1 },
  maxFeatures: undefined,
  binary: false,
  sublinearTf: true,
  useIdf: true,
  smoothIdf: true,
  norm: 'l2',
};

suite('fitTfidf() on texts with little in them', (test) => {
  test('refuses an empty vocabulary', () => {
    assert.throws(() => fitTfidf(PARAMS, ['', 'a b']), /The vocabulary is empty/);
  });
  test('refuses bounds that admit nothing', () => {
    const params: TfidfParams = { ...PARAMS, minDf: { kind: 'count', documents: 3 } };
    assert.throws(() => fitTfidf({ ...params, maxDf: { kind: 'count', documents: 2 } }, ['xx']), /max_df/);
  });
  test('gives an empty text an empty row', () => {
    const { matrix } = fitTfidf(PARAMS, ['', 'one two', '']);
    assert.equal([...matrix.indptr], [0, 0, 2, 2]);
  });
  test('leaves unknown terms out', () => {
    const { model } = fitTfidf(PARAMS, ['one two']);
    assert.equal([...transformTfidf(model, ['three', 'two']).indices], [1]);
  });
  test('knows terms that are names of properties', () => {
    const { model, matrix } = fitTfidf(PARAMS, ['__proto__ constructor']);
    assert.equal(model.terms, ['__proto__', 'constructor']);
    assert.is(matrix.indices.length, 2);
  });
});

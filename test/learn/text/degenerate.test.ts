import * as assert from 'uvu/assert';
import {
  fitTfidf,
  type TfidfParams,
  tfidfTransformer,
  transformTfidf,
} from '../../../stages/learn/text/index.ts';
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

suite('tfidfTransformer() asked again and again', (test) => {
  const { model } = fitTfidf({ ...PARAMS, stemmer: 'porter' }, ['one two twos', 'two running words']);
  const transform = tfidfTransformer(model);
  const agrees = (text: string): void => {
    assert.equal(transform([text]), transformTfidf(model, [text]));
  };
  test('counts each text by itself', () => {
    for (const text of ['two two one', '', 'two', 'unknown', 'word runs two']) agrees(text);
  });
  test('also when it has seen more terms than it keeps', () => {
    const many = Array.from({ length: 140_000 }, (_, i) => `w${i.toString(36)}`).join(' ');
    for (const text of [`two ${many}`, 'one two one', `${many} running`, 'words two']) agrees(text);
  });
});

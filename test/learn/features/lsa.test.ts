import * as assert from 'uvu/assert';
import {
  columnsOf,
  createTransformer,
  type FeatureSettings,
  type Fields,
  fitFeaturizer,
  transformFeatures,
} from '../../../stages/learn/features/index.ts';
import { type Csr, selectRows } from '../../../stages/learn/sparse/index.ts';
import { suite } from '../../support/suite.ts';

const QUESTIONS: readonly Fields[] = [
  ['build docker images', 'the registry refuses my docker image'],
  ['push an image', 'docker push is denied'],
  ['helm chart values', 'override values of a helm chart'],
  ['helm upgrade', 'a chart that fails'],
  ['jenkins pipeline', 'stages of a jenkins job'],
  ['', ''],
].map(([title, text]) => ({ title: title!, text: text!, code: '', links: [] }));

const BLOCKS: FeatureSettings = {
  blocks: [
    { kind: 'tfidf', fields: ['title'] },
    { kind: 'tfidf', fields: ['text'], stop_words: 'english', weight: 0.5 },
  ],
};
const LSA = { n_components: 3, n_iter: 6, seed: 1, normalize: 'l2' } as const;

const rowOf = (X: Csr, row: number): readonly number[] => {
  const dense = new Array<number>(X.columns).fill(0);
  for (let k = X.indptr[row]!; k < X.indptr[row + 1]!; k++) dense[X.indices[k]!] = X.values[k]!;
  return dense;
};

suite('features of kind lsa and both', (test) => {
  const fit = (settings: Partial<FeatureSettings>) =>
    fitFeaturizer({ ...BLOCKS, ...settings }, QUESTIONS, ['docker']);

  for (const kind of ['lsa', 'both'] as const) {
    test(`${kind}: a question alone has the row that it had in the fit`, () => {
      const { featurizer, matrix } = fit({ kind, lsa: LSA });
      assert.equal(transformFeatures(featurizer, QUESTIONS), matrix);
      assert.is(columnsOf(featurizer), matrix.columns);
      const transform = createTransformer(featurizer);
      QUESTIONS.forEach((question, i) => assert.equal(transform([question]), selectRows(matrix, [i])));
    });
  }

  test('both is the blocks with lsa behind them', () => {
    const [blocks, lsa, both] = [
      fit({ kind: 'tfidf' }).matrix,
      fit({ kind: 'lsa', lsa: LSA }).matrix,
      fit({ kind: 'both', lsa: LSA }).matrix,
    ];
    assert.is(lsa.columns, 3);
    QUESTIONS.forEach((_, i) => assert.equal(rowOf(both, i), [...rowOf(blocks, i), ...rowOf(lsa, i)]));
  });

  test('rows of components have length 1, or that of the projection; an empty question has none', () => {
    const length = (X: Csr, row: number): number => Math.hypot(...rowOf(X, row));
    const [unit, plain] = [
      fit({ kind: 'lsa', lsa: LSA }).matrix,
      fit({ kind: 'lsa', lsa: { ...LSA, normalize: null } }).matrix,
    ];
    assert.ok(Math.abs(length(unit, 0) - 1) < 1e-12);
    assert.ok(length(plain, 0) < 1.2 && Math.abs(length(plain, 0) - 1) > 1e-3);
    assert.is(length(unit, 5), 0);
  });

  test('questions on one thing lie together that share few words', () => {
    const { matrix } = fit({ kind: 'lsa', lsa: LSA });
    const cosine = (a: number, b: number): number =>
      rowOf(matrix, a).reduce((sum, value, j) => sum + value * rowOf(matrix, b)[j]!, 0);
    assert.ok(cosine(0, 1) > 0.9 && cosine(2, 3) > 0.9, `${cosine(0, 1)} and ${cosine(2, 3)}`);
    assert.ok(Math.abs(cosine(0, 2)) < 0.1 && Math.abs(cosine(1, 4)) < 0.1);
  });

  test('what cannot be is said by its key', () => {
    assert.throws(() => fit({ kind: 'lsa' }), 'kind is "lsa": it needs lsa, and there is none');
    assert.throws(
      () => fit({ kind: 'both', lsa: { ...LSA, n_components: 7 } }),
      /^lsa.n_components is 7: 6 rows/,
    );
  });
});

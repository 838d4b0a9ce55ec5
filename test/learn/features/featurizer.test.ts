import fc from 'fast-check';
import * as assert from 'uvu/assert';
import {
  type BlockSettings,
  columnsOf,
  createTransformer,
  type Fields,
  fitFeaturizer,
  type TfidfSettings,
  transformFeatures,
} from '../../../stages/learn/features/index.ts';
import { type Csr, selectRows } from '../../../stages/learn/sparse/index.ts';
import { suite, table } from '../../support/suite.ts';

const CLASSES = ['c++', 'docker', 'node.js'];

const words = fc
  .array(fc.constantFrom('docker', 'Docker', 'images', 'C++', 'node.js', 'the', 'f(x)', 'a.b', '=>', 'é'), {
    maxLength: 6,
  })
  .map((list) => list.join(' '));
const question: fc.Arbitrary<Fields> = fc.record({
  title: words,
  text: words,
  code: words,
  links: fc.array(fc.constantFrom('https://docs.docker.com/a', 'http://x.org'), { maxLength: 2 }),
});
/** The last one gives every block a term. */
const questions = fc.array(question, { maxLength: 5 }).map((some): readonly Fields[] => {
  const full = 'docker images run f(x) a.b';
  return [...some, { title: full, text: full, code: full, links: ['https://docs.docker.com'] }];
});

const fields = fc.subarray(['title', 'text', 'code', 'links'] as const, { minLength: 1 });
const weight = fc.constantFrom({}, { weight: 0.5 }, { weight: 3 });
const block: fc.Arbitrary<BlockSettings> = fc
  .tuple(
    fc.oneof(
      fc.record({ kind: fc.constant('tag_names' as const), fields }),
      fc.record(
        {
          kind: fc.constant('tfidf' as const),
          fields,
          analyzer: fc.constantFrom(
            'word' as const,
            'domain' as const,
            'symbols' as const,
            'char_wb' as const,
          ),
          ngram_range: fc.constantFrom([1, 1], [1, 2]),
          use_idf: fc.boolean(),
          sublinear_tf: fc.boolean(),
          norm: fc.constantFrom('l1' as const, 'l2' as const, null),
        },
        { requiredKeys: ['kind', 'fields'] },
      ),
    ),
    weight,
  )
  .map(([settings, more]) => ({ ...settings, ...more }));
const blocks = fc.array(block, { minLength: 1, maxLength: 4 });

const rowOf = (X: Csr, row: number): readonly (readonly [number, number])[] => {
  const entries: (readonly [number, number])[] = [];
  for (let k = X.indptr[row]!; k < X.indptr[row + 1]!; k++) entries.push([X.indices[k]!, X.values[k]!]);
  return entries;
};

suite('fitFeaturizer() puts blocks side by side', (test) => {
  test('each as it is alone, times its weight', () => {
    fc.assert(
      fc.property(blocks, questions, (settings, documents) => {
        const { matrix, featurizer } = fitFeaturizer({ blocks: settings }, documents, CLASSES);
        const alone = settings.map(({ weight: factor = 1, ...rest }) => ({
          factor,
          X: fitFeaturizer({ blocks: [rest as BlockSettings] }, documents, CLASSES).matrix,
        }));
        assert.is(columnsOf(featurizer), matrix.columns);
        documents.forEach((_, i) => {
          let offset = 0;
          const expected = alone.flatMap(({ factor, X }) => {
            const shifted = rowOf(X, i).map(([j, value]) => [offset + j, factor * value]);
            offset += X.columns;
            return shifted;
          });
          assert.is(offset, matrix.columns);
          assert.equal(rowOf(matrix, i), expected);
        });
      }),
    );
  });
  test('and makes each row as long as the next, where that is asked for', () => {
    fc.assert(
      fc.property(blocks, questions, (settings, documents) => {
        const plain = fitFeaturizer({ blocks: settings, normalize: null }, documents, CLASSES).matrix;
        const { matrix } = fitFeaturizer({ blocks: settings, normalize: 'l2' }, documents, CLASSES);
        assert.equal(matrix.indices, plain.indices);
        documents.forEach((_, i) => {
          const before = rowOf(plain, i);
          const length = Math.hypot(...before.map(([, value]) => value));
          rowOf(matrix, i).forEach(([, value], k) => {
            assert.ok(Math.abs(value - before[k]![1] / length) < 1e-12);
          });
        });
      }),
    );
  });
  test('the same way each time', () => {
    fc.assert(
      fc.property(blocks, questions, (settings, documents) => {
        const fit = () => fitFeaturizer({ blocks: settings }, documents, CLASSES);
        assert.equal(fit(), fit());
      }),
      { numRuns: 20 },
    );
  });
});

suite('transformFeatures()', (test) => {
  test('gives what was fitted on the rows of its fit', () => {
    fc.assert(
      fc.property(
        blocks,
        fc.constantFrom('l2' as const, null),
        questions,
        (settings, normalize, documents) => {
          const { matrix, featurizer } = fitFeaturizer({ blocks: settings, normalize }, documents, CLASSES);
          assert.equal(transformFeatures(featurizer, documents), matrix);
        },
      ),
    );
  });
  test('gives a question the same row alone and among others', () => {
    fc.assert(
      fc.property(blocks, questions, (settings, documents) => {
        const { matrix, featurizer } = fitFeaturizer({ blocks: settings }, documents, CLASSES);
        const transform = createTransformer(featurizer);
        documents.forEach((document, i) => {
          assert.equal(transform([document]), selectRows(matrix, [i]));
        });
      }),
    );
  });
  test('gives an empty row where nothing is known, and none for no question', () => {
    const empty: Fields = { title: '', text: '', code: '', links: [] };
    const settings = { blocks: [{ kind: 'tfidf', fields: ['title'] } as const], normalize: 'l2' as const };
    const { featurizer } = fitFeaturizer(settings, [{ ...empty, title: 'docker' }], CLASSES);
    const matrix = transformFeatures(featurizer, [empty, { ...empty, title: 'unheard of' }]);
    assert.equal([matrix.rows, matrix.columns, matrix.indices.length], [2, 1, 0]);
    assert.equal(transformFeatures(featurizer, []).rows, 0);
  });
});

suite('fitFeaturizer() names the block that is wrong', (test) => {
  const tfidf = (settings: Partial<TfidfSettings>): BlockSettings => ({
    kind: 'tfidf',
    fields: ['title'],
    ...settings,
  });
  const good = tfidf({});
  table(
    test,
    [
      {
        name: 'by its place and fields where no term is left',
        blocks: [good, tfidf({ fields: ['code', 'links'] })],
        message:
          'blocks.1 (code, links): The vocabulary is empty: no term is in enough documents, or in few enough',
      },
      {
        name: 'where frequencies exclude each other',
        blocks: [tfidf({ min_df: 3, max_df: 2 })],
        message: 'blocks.0 (title): max_df admits 2 documents at most, min_df asks for 3',
      },
      {
        name: 'a range that falls',
        blocks: [good, tfidf({ ngram_range: [2, 1] })],
        message: 'blocks.1.ngram_range is [2, 1]: it must rise from 1 or more',
      },
      {
        name: 'stop words among characters',
        blocks: [tfidf({ analyzer: 'char', stop_words: 'english' })],
        message: 'blocks.0.stop_words is "english": it is for words, and the analyzer is "char"',
      },
      {
        name: 'stems of symbols',
        blocks: [tfidf({ analyzer: 'symbols', stemmer: 'porter' })],
        message: 'blocks.0.stemmer is "porter": it is for words, and the analyzer is "symbols"',
      },
      {
        name: 'stems of capitals',
        blocks: [tfidf({ stemmer: 'porter', lowercase: false })],
        message: 'blocks.0.stemmer is "porter": it is for lower case, and lowercase is false',
      },
    ],
    ({ blocks: settings, message }) => {
      const documents = [{ title: 'docker images', text: '', code: '', links: [] }];
      assert.throws(
        () => fitFeaturizer({ blocks: settings }, documents, CLASSES),
        (error: Error) => error instanceof RangeError && error.message === message,
      );
    },
  );
});

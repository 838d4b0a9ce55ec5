import * as assert from 'uvu/assert';
import {
  vocabularyOf,
  watchPredictions,
  watchQuestions,
  watchTags,
} from '../../../stages/learn/drift/index.ts';
import { type Fields, fitFeaturizer } from '../../../stages/learn/features/index.ts';
import { suite } from '../../support/suite.ts';

const question = (title: string, text: string, code = ''): Fields => ({ title, text, code, links: [] });
const QUESTIONS = [
  question('one', 'red green'),
  question('two', 'red blue'),
  question('three', 'red green grey'),
];

const { featurizer } = fitFeaturizer(
  {
    blocks: [
      { kind: 'tfidf', fields: ['title'] },
      { kind: 'tfidf', fields: ['text'], min_df: 2, ngram_range: [1, 2] },
    ],
  },
  QUESTIONS,
  [],
);
const vocabulary = vocabularyOf(featurizer, QUESTIONS.length)!;

suite('watched columns', (test) => {
  test('words outside the vocabulary of the first block over the text', () => {
    const { numbers } = watchQuestions([question('one', 'red blue blue'), question('one', '')], vocabulary);
    assert.equal([...numbers['oov_rate']!], [2 / 3, NaN]);
  });
  test('of questions that the vocabulary was learned from: as if it had not seen them', () => {
    const { numbers } = watchQuestions(QUESTIONS, vocabulary, true);
    // red is in two others, green in one other only, blue and grey in none.
    assert.equal([...numbers['oov_rate']!], [0.5, 0.5, 2 / 3]);
  });
  test('no vocabulary, no rate', () =>
    assert.equal(Object.keys(watchQuestions(QUESTIONS, undefined).numbers), ['text_length', 'code_share']));
  test('code and text', () => {
    const { numbers } = watchQuestions([question('abc', 'de', 'fghijk'), question('', '', '')], undefined);
    assert.equal([...numbers['text_length']!], [Math.log1p(5), 0]);
    assert.equal([...numbers['code_share']!], [0.75, NaN]);
  });
  test('predictions', () => {
    const decided = { rows: 2, labels: 2, indptr: Uint32Array.of(0, 2, 2), indices: Uint32Array.of(0, 1) };
    const { numbers, sets } = watchPredictions(['a', 'b'], Float64Array.of(1, 2, -1, -2), decided);
    assert.equal([...numbers['top_score']!], [2, -1]);
    assert.equal([...numbers['predicted_tags']!], [2, 0]);
    assert.equal(
      [...sets['predicted_tag']!],
      [
        ['a', 1],
        ['b', 1],
      ],
    );
  });
  test('tags', () => {
    const { numbers, sets } = watchTags([['a', 'b'], ['a']]);
    assert.equal([...numbers['tags']!], [2, 1]);
    assert.equal(
      sets['tag'],
      new Map([
        ['a', 2],
        ['b', 1],
      ]),
    );
  });
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { type ArraysFile, writeArrays } from '../../../stages/io/arrays.ts';
import { writeVectorizer } from '../../../stages/io/index.ts';
import { readVectorizer } from '../../../stages/io/vectorizer-file.ts';
import {
  type FeatureSettings,
  fitFeaturizer,
  transformFeatures,
} from '../../../stages/learn/features/index.ts';
import { suite, table } from '../../support/suite.ts';
import { QUESTIONS } from '../tagging.ts';

const CLASSES = ['blue', 'green', 'red'];
const SETTINGS: FeatureSettings = {
  blocks: [
    { kind: 'tfidf', fields: ['title'], stop_words: 'english', ngram_range: [1, 2] },
    { kind: 'tfidf', fields: ['text'], analyzer: 'char_wb', use_idf: false, weight: 0.5 },
    { kind: 'tag_names', fields: ['title', 'text'], weight: 2 },
    { kind: 'tfidf', fields: ['text'], analyzer: 'domain', stemmer: 'porter' },
  ],
  normalize: 'l2',
};

function withFile(body: (path: string) => void): void {
  const directory = mkdtempSync(join(tmpdir(), 'dvc-like-vectorizer-'));
  try {
    body(join(directory, 'vectorizer.arrays'));
  } finally {
    rmSync(directory, { recursive: true });
  }
}

suite('readVectorizer() gives back what writeVectorizer() took', (test) => {
  test('whatever blocks it has', () => {
    withFile((path) => {
      const { featurizer, matrix } = fitFeaturizer(SETTINGS, QUESTIONS, CLASSES);
      writeVectorizer(path, featurizer);
      const read = readVectorizer(path);
      assert.equal(read, featurizer);
      assert.equal(transformFeatures(read, QUESTIONS), matrix);
    });
  });
});

const LSA = { n_components: 2, n_iter: 3, seed: 1, normalize: 'l2' } as const;

suite('readVectorizer() gives back components', (test) => {
  for (const kind of ['lsa', 'both'] as const) {
    test(`of kind ${kind}`, () => {
      withFile((path) => {
        const { featurizer, matrix } = fitFeaturizer({ ...SETTINGS, kind, lsa: LSA }, QUESTIONS, CLASSES);
        writeVectorizer(path, featurizer);
        const read = readVectorizer(path);
        assert.equal(read, featurizer);
        assert.equal(transformFeatures(read, QUESTIONS), matrix);
      });
    });
  }
});

suite('readVectorizer() refuses a file', (test) => {
  const settings = { blocks: [{ kind: 'tfidf', fields: ['title'] }] };
  const good: ArraysFile = {
    kind: 'featurizer',
    meta: { version: 2, settings, blocks: [{ terms: ['a', 'b'] }] },
    arrays: { 'idf.0': Float64Array.of(1, 2) },
  };
  test('but not one that is right', () => {
    withFile((path) => {
      writeArrays(path, good);
      const [block] = readVectorizer(path).blocks;
      assert.ok(block?.kind === 'tfidf');
      assert.equal(block.model.terms, ['a', 'b']);
    });
  });
  const names = { kind: 'tag_names', fields: ['title'] };
  table(
    test,
    [
      {
        name: 'of another kind',
        file: { ...good, kind: 'tfidf' },
        why: 'it holds "tfidf", not "featurizer"',
      },
      {
        name: 'of another version',
        file: { ...good, meta: { ...good.meta, version: 1 } },
        why: 'its version is 1, this program reads 2',
      },
      {
        name: 'without blocks',
        file: { ...good, meta: { version: 2, settings: {} } },
        why: 'it has no list of blocks',
      },
      {
        name: 'with a block too few',
        file: { ...good, meta: { ...good.meta, blocks: [] } },
        why: 'it has no list of blocks',
      },
      {
        name: 'without an array',
        file: { ...good, arrays: {} },
        why: 'its block 0 is not as its settings say',
      },
      {
        name: 'with an array of other terms',
        file: { ...good, arrays: { 'idf.0': Float64Array.of(1) } },
        why: 'its block 0 is not as its settings say',
      },
      {
        name: 'with a number that is none',
        file: { ...good, arrays: { 'idf.0': Float64Array.of(1, NaN) } },
        why: 'its block 0 is not as its settings say',
      },
      {
        name: 'with components that nobody asked for',
        file: { ...good, arrays: { ...good.arrays, 'lsa.loadings': Float64Array.of(1, 0) } },
        why: 'its components are not as its settings say',
      },
      {
        name: 'without the components that it has',
        file: { ...good, meta: { ...good.meta, settings: { ...settings, kind: 'lsa', lsa: LSA } } },
        why: 'its components are not as its settings say',
      },
      {
        name: 'with components of other columns',
        file: {
          ...good,
          meta: { ...good.meta, settings: { ...settings, kind: 'lsa', lsa: LSA } },
          arrays: {
            ...good.arrays,
            'lsa.loadings': new Float64Array(5),
            'lsa.singular_values': Float64Array.of(2, 1),
          },
        },
        why: 'its components are not as its settings say',
      },
      {
        name: 'with tag names for no tags',
        file: { ...good, meta: { ...good.meta, settings: { blocks: [names] } } },
        why: 'its block 0 is not as its settings say',
      },
    ],
    ({ file, why }) => {
      withFile((path) => {
        writeArrays(path, file);
        assert.throws(
          () => readVectorizer(path),
          (error: Error) => error.message.endsWith(why) || assert.unreachable(error.message),
        );
      });
    },
  );
});

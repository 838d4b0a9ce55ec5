import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import featurize, { params } from '../../../stages/featurize/stage.ts';
import { readCsr, writeLabels, writeQuestions } from '../../../stages/io/index.ts';
import { readVectorizer } from '../../../stages/io/vectorizer-file.ts';
import { type BlockSettings, transformFeatures } from '../../../stages/learn/features/index.ts';
import { chooseLabels } from '../../../stages/learn/tagger/index.ts';
import { suite, table } from '../../support/suite.ts';
import { withStudy } from '../study-project.ts';
import { LABELS, QUESTIONS } from '../tagging.ts';

const TITLE: BlockSettings = { kind: 'tfidf', fields: ['title'] };

type Context = Parameters<typeof featurize>[0];

interface Made {
  readonly vectorizer: string;
  readonly features: string;
  readonly log: readonly string[];
}

/** Runs the stage on two months. */
async function withFeatures(blocks: readonly BlockSettings[], body: (made: Made) => void): Promise<void> {
  const top = mkdtempSync(join(tmpdir(), 'dvc-like-featurize-'));
  try {
    const path = (name: string): string => join(top, name);
    const { coverage: _, ...chosen } = chooseLabels(
      LABELS,
      QUESTIONS.map(({ tags }) => tags),
    );
    const months = { from: '2020-01', to: '2020-02' };
    writeLabels(path('labels.json'), { months, questions: QUESTIONS.length, settings: LABELS, ...chosen });
    writeQuestions(path('1.jsonl'), QUESTIONS.slice(0, 5));
    writeQuestions(path('2.jsonl'), QUESTIONS.slice(5));
    const log: string[] = [];
    const context: Partial<Context> = {
      params: { featurize: { blocks } },
      deps: ['labels.json', '1.jsonl', '2.jsonl'].map(path),
      outs: ['vectorizer.arrays', 'text.arrays'].map(path),
      log: (line) => {
        log.push(line);
      },
    };
    await featurize(context as Context);
    body({ vectorizer: path('vectorizer.arrays'), features: path('text.arrays'), log });
  } finally {
    rmSync(top, { recursive: true });
  }
}

suite('featurize writes a featurizer and the rows of the training months', (test) => {
  test('which are what the featurizer gives', () =>
    withFeatures([TITLE, { kind: 'tag_names', fields: ['title', 'text'] }], (made) => {
      const { matrix } = readCsr(made.features);
      assert.equal(transformFeatures(readVectorizer(made.vectorizer), QUESTIONS), matrix);
      assert.equal([matrix.rows, matrix.columns], [12, 5 + 2 * 3]);
      assert.equal(made.log, ['12 questions, 11 columns, 60 values']);
    }));
});

suite('featurize refuses blocks', (test) => {
  table(
    test,
    [
      {
        name: 'whose keys do not go together',
        block: { ...TITLE, analyzer: 'char', stemmer: 'porter' } as const,
        message: 'featurize.blocks.1.stemmer is "porter": it is for words, and the analyzer is "char"',
        hint: undefined,
      },
      {
        name: 'that find nothing',
        block: { ...TITLE, fields: ['code'] } as const,
        message:
          'featurize.blocks.1 (code): The vocabulary is empty: no term is in enough documents, or in few enough',
        hint: 'lower its min_df, or leave the block out',
      },
    ],
    async ({ block, message, hint }) => {
      const failure = await withFeatures([TITLE, block], () => undefined).then(
        () => undefined,
        (error: unknown) => error as Error & { readonly hint?: string },
      );
      assert.equal([failure?.name, failure?.message, failure?.hint], ['StageFailure', message, hint]);
    },
  );
});

suite('featurize describes its params', (test) => {
  test('each of them', () => {
    const undescribed = function* (value: unknown, path: string): Generator<string> {
      if (typeof value !== 'object' || value === null) return;
      for (const [key, child] of Object.entries(value)) {
        const isProperty = path.endsWith('.properties') && !path.endsWith('.if.properties');
        if (isProperty && !('description' in (child as object)) && key !== 'featurize')
          yield `${path}.${key}`;
        yield* undescribed(child, `${path}.${key}`);
      }
    };
    assert.equal([...undescribed(params, '')], []);
  });
});

suite('the study says what is wrong with a block', { timeoutMs: 120_000 }, (test) => {
  table(
    test,
    [
      {
        name: 'an unknown key',
        blocks: [{ ...TITLE, min_dff: 2 }],
        error: 'Unknown param "featurize.blocks.0.min_dff"',
      },
      {
        name: 'a key of another kind of block',
        blocks: [TITLE, { kind: 'tag_names', fields: ['title'], min_df: 2 }],
        error: 'Unknown param "featurize.blocks.1.min_df"',
      },
      {
        name: 'an unknown kind',
        blocks: [{ kind: 'tf_idf', fields: ['title'] }],
        error: 'Param "featurize.blocks.0.kind" must be one of "tfidf", "tag_names", not "tf_idf"',
      },
    ],
    ({ blocks, error }) =>
      withStudy({ 'featurize.blocks': blocks }, async (project) => {
        const run = await project.run('repro', '--dry', 'featurize');
        assert.is.not(run.exitCode, 0);
        assert.match(run.stderr, error);
      }),
  );
});

import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import {
  checkFeatures,
  digestRows,
  readModel,
  writeCsr,
  writeLabelMatrix,
  writeLabels,
  writeQuestions,
  writeVectorizer,
} from '../../../stages/io/index.ts';
import type { ClassifierSettings } from '../../../stages/learn/classifier/index.ts';
import { type DecisionSettings, microF1, putFoldScores } from '../../../stages/learn/decision/index.ts';
import { fitFeaturizer } from '../../../stages/learn/features/index.ts';
import { binarizeLabels, stratifiedFolds } from '../../../stages/learn/labels/index.ts';
import { fitReranker } from '../../../stages/learn/rerank/index.ts';
import {
  chooseLabels,
  fitAndDecide,
  type LearnedDecision,
  type SecondStageSettings,
  scoreTagger,
} from '../../../stages/learn/tagger/index.ts';
import { foldMemory } from '../../../stages/train/fold-memory.ts';
import train from '../../../stages/train/stage.ts';
import { suite, table } from '../../support/suite.ts';
import { CLASSIFIER, DECISION, FEATURES, LABELS, QUESTIONS, SECOND_STAGE } from '../tagging.ts';

type Context = Parameters<typeof train>[0];

const TAGS = QUESTIONS.map((question) => question.tags);
const { coverage: _, ...CHOSEN } = chooseLabels(LABELS, TAGS);
const { matrix: Y } = binarizeLabels(CHOSEN.classes, TAGS);
const { featurizer: FEATURIZER, matrix: X } = fitFeaturizer(FEATURES, QUESTIONS, CHOSEN.classes);

const TITLE = [{ kind: 'tfidf', fields: ['title'] }] as const;

interface Trained {
  readonly directory: string;
  /** Labels done and in all, as they were told. */
  readonly progress: readonly (readonly [number, number | undefined])[];
  readonly checkpoints: string;
}

interface TrainOptions {
  readonly threads?: number;
  readonly quality?: 'fast' | 'best';
  readonly classifier?: ClassifierSettings;
  readonly secondStage?: Partial<SecondStageSettings>;
  /** Told where the checkpoints are, before the stage runs. */
  readonly prepare?: (checkpoints: string) => void;
}

/** Runs the stage on questions of no time; removes what it made after `body`. */
async function withTrained(
  decision: Partial<DecisionSettings>,
  body: (trained: Trained) => void,
  {
    threads = 1,
    quality = 'fast',
    classifier = CLASSIFIER,
    secondStage: { classifiers = [], ...secondStage } = {},
    prepare = () => undefined,
  }: TrainOptions = {},
): Promise<void> {
  const top = mkdtempSync(join(tmpdir(), 'dvc-like-train-'));
  const at = (name: string): string => join(top, name);
  const months = { from: '2020-01', to: '2020-03' };
  const rowsOf = digestRows(QUESTIONS);
  const progress: (readonly [number, number | undefined])[] = [];
  try {
    writeLabels(at('labels.json'), { months, questions: QUESTIONS.length, settings: LABELS, ...CHOSEN });
    writeVectorizer(at('vectorizer.arrays'), FEATURIZER);
    writeLabelMatrix(at('labels.arrays'), { matrix: Y, rowsOf });
    writeCsr(at('text.arrays'), { matrix: X, rowsOf });
    writeFileSync(at('search.json'), '{"format":"dvc-like/search","version":1,"kind":"not-searched"}');
    writeQuestions(at('2020-01.jsonl'), QUESTIONS);
    mkdirSync(at('checkpoints'));
    prepare(at('checkpoints'));
    const params = {
      clean: { unicode_form: 'NFKC' as const },
      quality,
      train: { from: 'config' as const, ...classifier },
      second_stage: {
        ...SECOND_STAGE,
        ...secondStage,
        classifiers: classifiers.map((settings) => ({ ...settings })),
      },
      decision: { ...DECISION, ...decision },
    };
    const context: Partial<Context> = {
      params,
      deps: [
        'labels.json',
        'vectorizer.arrays',
        'labels.arrays',
        'text.arrays',
        'search.json',
        '2020-01.jsonl',
      ].map(at),
      outs: [at('model')],
      threads,
      signal: new AbortController().signal,
      log: () => undefined,
      progress: (done, total) => progress.push([done, total]),
      checkpointDirectory: () => at('checkpoints'),
    };
    await train(context as Context);
    body({ directory: at('model'), progress, checkpoints: at('checkpoints') });
  } finally {
    rmSync(top, { recursive: true });
  }
}

const readDecision = (directory: string): LearnedDecision & { readonly settings: unknown } =>
  JSON.parse(readFileSync(join(directory, 'decision.json'), 'utf8')) as LearnedDecision & {
    readonly settings: unknown;
  };

/** The scores of all questions, from those of each fold. */
function keptScores(checkpoints: string, classifier = 0): Float64Array {
  const memory = foldMemory(checkpoints);
  const foldOf = stratifiedFolds(Y, 2);
  const scores = new Float64Array(Y.rows * Y.labels);
  for (const fold of [0, 1]) putFoldScores(scores, foldOf, fold, memory.scores(2 * classifier + fold)!);
  return scores;
}

suite('train keeps what its questions look like', (test) => {
  test('with what is out of fold, where there is some', () =>
    withTrained({}, ({ directory }) => {
      const { numbers, sets } = readModel(directory).reference;
      assert.equal(Object.keys(numbers), ['text_length', 'code_share', 'oov_rate', 'tags', 'predicted_tags']);
      assert.equal(sets['tag'], {
        questions: 12,
        members: [
          ['blue', 6],
          ['green', 3],
          ['red', 6],
        ],
      });
      assert.is(sets['predicted_tag']?.questions, 12);
    }));
  test('and without where there is none', () =>
    withTrained({ kind: 'fixed' }, ({ directory }) => {
      const { numbers, sets } = readModel(directory).reference;
      assert.equal(Object.keys(numbers), ['text_length', 'code_share', 'oov_rate', 'tags']);
      assert.equal(Object.keys(sets), ['tag']);
    }));
});

suite('train records how it decides', (test) => {
  for (const kind of ['global', 'per_tag', 'per_rank'] as const) {
    test(`${kind}: with what it reached out of fold, and at threshold 0`, () =>
      withTrained({ kind }, ({ directory, checkpoints }) => {
        const { decision, settings, out_of_fold } = readDecision(directory);
        assert.equal(settings, { ...DECISION, kind });
        assert.equal(readModel(directory).tagger.decision, decision);
        assert.is(decision.kind, kind);
        assert.is(out_of_fold!.folds, 2);
        assert.ok(out_of_fold!.f1_micro >= out_of_fold!.f1_micro_at_zero);
        assert.is(out_of_fold!.f1_micro, microF1(decision, keptScores(checkpoints), Y));
      }));
  }
  for (const kind of ['fixed', 'top_k'] as const) {
    test(`${kind}: nothing is fitted for it`, () =>
      withTrained({ kind }, ({ directory, progress, checkpoints }) => {
        assert.is(readDecision(directory).out_of_fold, null);
        assert.equal(progress.at(-1), [3, 3]);
        assert.equal(readdirSync(checkpoints), []);
      }));
  }
  test('and makes the same files with any number of threads', async () => {
    const made = new Set<string>();
    for (const threads of [1, 3]) {
      await withTrained(
        {},
        ({ directory }) => {
          made.add(readFileSync(join(directory, 'manifest.json'), 'utf8'));
        },
        { threads },
      );
    }
    assert.is(made.size, 1);
  });
});

suite('train has a second stage', (test) => {
  for (const threads of [1, 2]) {
    test(`where the best quality is asked for, with ${threads} threads`, () =>
      withTrained(
        { kind: 'global' },
        ({ directory, checkpoints }) => {
          const { tagger, manifest } = readModel(directory);
          assert.equal(manifest.params.second_stage, SECOND_STAGE);
          const { reranker, outOfFold } = fitReranker(
            SECOND_STAGE,
            CHOSEN.classes,
            QUESTIONS,
            [keptScores(checkpoints)],
            Y,
            stratifiedFolds(Y, 2),
            1000,
          );
          assert.equal(tagger.secondStage, reranker);
          const { out_of_fold } = readDecision(directory);
          assert.is(out_of_fold!.f1_micro, microF1(tagger.decision, outOfFold, Y));
        },
        { threads, quality: 'best' },
      ));
  }
  test('over the scores of further classifiers, each kept with its own', () =>
    withTrained(
      { kind: 'global' },
      ({ directory, checkpoints, progress }) => {
        const { tagger } = readModel(directory);
        assert.equal(
          tagger.further.map(({ classifier, featurizer }) => [classifier.kind, featurizer?.settings]),
          [
            ['linear', undefined],
            ['neighbors', { blocks: TITLE }],
          ],
        );
        const scores = [0, 1, 2].map((classifier) => keptScores(checkpoints, classifier));
        const { reranker, outOfFold } = fitReranker(
          { ...SECOND_STAGE },
          CHOSEN.classes,
          QUESTIONS,
          scores,
          Y,
          stratifiedFolds(Y, 2),
          1000,
        );
        assert.equal(tagger.secondStage!.model, reranker.model);
        assert.is(readDecision(directory).out_of_fold!.f1_micro, microF1(tagger.decision, outOfFold, Y));
        assert.equal(progress.at(-1), [27, 27]);
        assert.is(scoreTagger(tagger, QUESTIONS).scores.subset_accuracy, 1);
      },
      {
        quality: 'best',
        secondStage: {
          classifiers: [{ kind: 'complement_nb' }, { kind: 'knn', n_neighbors: 2, blocks: TITLE }],
        },
      },
    ));
  test('without those that add less than is asked for', () =>
    withTrained(
      { kind: 'global' },
      ({ directory, progress }) => {
        const { tagger, manifest } = readModel(directory);
        assert.equal(tagger.further, []);
        assert.equal(manifest.params.second_stage!.classifiers, []);
        assert.equal(progress.at(-1), [18, 18]);
        assert.is(scoreTagger(tagger, QUESTIONS).scores.subset_accuracy, 1);
      },
      { quality: 'best', secondStage: { classifiers: [{ kind: 'complement_nb' }], min_gain: 1 } },
    ));
  test('but not over features that it cannot fit', async () => {
    const classifiers = [{ kind: 'knn' as const, blocks: [{ ...TITLE[0], min_df: 1000 }] }];
    try {
      await withTrained({}, () => undefined, { quality: 'best', secondStage: { classifiers } });
      assert.unreachable();
    } catch (error) {
      assert.match(String(error), 'second_stage.classifiers.0.blocks.0 (title)');
    }
  });
  test('and none where a fast one is', () =>
    withTrained({}, ({ directory }) => {
      const { tagger, manifest } = readModel(directory);
      assert.is(manifest.params.second_stage, null);
      assert.is(tagger.secondStage, null);
      assert.equal(tagger.further, []);
    }));
});

suite('train fits trees', (test) => {
  const kinds = [
    { name: 'random_forest', n_estimators: 20, model: 'forest' },
    { name: 'boosted_trees', n_estimators: 5, min_samples_leaf: 1, model: 'boosted' },
  ] as const;
  table(test, kinds, ({ name: kind, model, ...settings }) =>
    withTrained(
      {},
      ({ directory }) => {
        const { tagger } = readModel(directory);
        assert.is(tagger.classifier.kind, model);
        assert.ok(scoreTagger(tagger, QUESTIONS).scores.f1_micro! > 0.9);
      },
      { classifier: { kind, ...settings } },
    ),
  );
  test('but not on more features than they can read', () => {
    checkFeatures('random_forest', 4096);
    checkFeatures('linear_svc', 1_000_000);
    assert.throws(() => {
      checkFeatures('boosted_trees', 4097);
    }, /boosted_trees reads every feature of every question: 4097 are more than 4096/);
  });
});

suite('train goes on behind the folds that are fitted', (test) => {
  test('each is kept, and counted', () =>
    withTrained({}, ({ progress, checkpoints }) => {
      assert.equal(readdirSync(checkpoints).sort(), ['fold-0.arrays', 'fold-1.arrays']);
      assert.equal(
        progress,
        Array.from({ length: 9 }, (_, i) => [i + 1, 9]),
      );
    }));
  test('to the same decision', async () => {
    const settings = { train: CLASSIFIER, second_stage: null, decision: DECISION };
    const data = { classes: CHOSEN.classes, questions: QUESTIONS, X, Y };
    const whole = await fitAndDecide(settings, data, { threads: 1 });
    const parts = new Map<number, Float64Array>();
    const memory = {
      scores: (fold: number) => parts.get(fold),
      keep: (fold: number, scores: Float64Array) => {
        parts.set(fold, scores);
      },
    };
    await fitAndDecide(settings, data, { threads: 1, memory });
    const first = parts.get(0)!;
    await withTrained(
      {},
      ({ directory, progress }) => {
        assert.equal(readDecision(directory).decision, whole.learned.decision);
        assert.equal(progress[0], [4, 9], 'the first fold is not fitted again');
        assert.equal(progress.at(-1), [9, 9]);
      },
      {
        prepare: (checkpoints) => {
          foldMemory(checkpoints).keep(0, first);
        },
      },
    );
  });
});

suite('train says what is wrong', (test) => {
  test('where there are fewer questions than folds', async () => {
    const failure = await withTrained({ folds: 13 }, () => undefined).then(
      () => 'nothing',
      (error: unknown) => (error as Error).message,
    );
    assert.is(failure, 'Cannot make 13 folds of 12 questions');
  });
});

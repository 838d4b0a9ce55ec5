import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import {
  readManifest,
  readModel,
  writeLabels,
  writeModel,
  writeVectorizer,
} from '../../../stages/io/index.ts';
import { fitReference, watchTags } from '../../../stages/learn/drift/index.ts';
import { fitFeaturizer } from '../../../stages/learn/features/index.ts';
import { binarizeLabels } from '../../../stages/learn/labels/index.ts';
import { createRerank } from '../../../stages/learn/rerank/index.ts';
import {
  chooseLabels,
  type DecidedFit,
  type FitSettings,
  fitAndDecide,
  scoreQuestions,
  scoreTagger,
  tagProbabilities,
} from '../../../stages/learn/tagger/index.ts';
import { suite, table } from '../../support/suite.ts';
import { CLASSIFIER, DECISION, FEATURES, LABELS, QUESTIONS, SECOND_STAGE } from '../tagging.ts';

const months = { from: '2020-01', to: '2020-03' };

const REFERENCE = fitReference(watchTags(QUESTIONS.map(({ tags }) => tags)));

/** Fits and writes a model; removes it after `body`. */
async function withModel(
  body: (directory: string, made: DecidedFit) => void,
  changes: Partial<FitSettings> = {},
): Promise<void> {
  const top = mkdtempSync(join(tmpdir(), 'dvc-like-model-'));
  try {
    const tags = QUESTIONS.map((question) => question.tags);
    const { coverage: _, ...chosen } = chooseLabels(LABELS, tags);
    const { featurizer, matrix } = fitFeaturizer(FEATURES, QUESTIONS, chosen.classes);
    const Y = binarizeLabels(chosen.classes, tags).matrix;
    const settings = { train: CLASSIFIER, second_stage: null, decision: DECISION, ...changes };
    const data = { classes: chosen.classes, questions: QUESTIONS, X: matrix, Y };
    const decided = await fitAndDecide(settings, data, { threads: 1 });
    const parts = { labels: join(top, 'labels.json'), vectorizer: join(top, 'vectorizer.arrays') };
    writeLabels(parts.labels, { months, questions: QUESTIONS.length, settings: LABELS, ...chosen });
    writeVectorizer(parts.vectorizer, featurizer);
    writeModel(
      join(top, 'model'),
      parts,
      { clean: { unicode_form: 'NFC' }, ...settings },
      decided,
      REFERENCE,
    );
    body(join(top, 'model'), decided);
  } finally {
    rmSync(top, { recursive: true });
  }
}

suite('readModel() gives back what writeModel() took', (test) => {
  test('a tagger that tags', () =>
    withModel((directory) => {
      const { tagger } = readModel(directory);
      assert.equal(tagger.classes, ['blue', 'green', 'red']);
      assert.is(scoreTagger(tagger, QUESTIONS).scores.subset_accuracy, 1);
    }));
  test('and what its questions look like', () =>
    withModel((directory) => assert.equal(readModel(directory).reference, REFERENCE)));
  test('and from what it was made', () =>
    withModel((directory) => {
      const { months: trained, size, params, packages } = readManifest(directory);
      assert.equal(trained, months);
      assert.equal(size, { questions: 12, tags: 3, columns: 5 });
      assert.equal(params, {
        clean: { unicode_form: 'NFC' },
        labels: LABELS,
        featurize: FEATURES,
        train: CLASSIFIER,
        second_stage: null,
        decision: DECISION,
      });
      assert.equal(Object.keys(packages), ['dvc-like']);
    }));
  for (const calibration of ['platt', 'isotonic'] as const) {
    test(`probabilities by ${calibration} that tell a question's tags from others`, () =>
      withModel(
        (directory) => {
          const { tagger } = readModel(directory);
          assert.is(tagger.calibration!.kind, calibration);
          const probabilities = tagProbabilities(tagger, scoreQuestions(tagger, QUESTIONS))!;
          QUESTIONS.forEach(({ tags }, row) => {
            tagger.classes.forEach((tag, label) => {
              assert.is(probabilities[row * 3 + label]! > 0.5, tags.includes(tag), `${row} ${tag}`);
            });
          });
        },
        { decision: { ...DECISION, calibration } },
      ));
  }
  test('no probabilities where none were asked for', () =>
    withModel((directory) => {
      const { tagger } = readModel(directory);
      assert.is(tagProbabilities(tagger, scoreQuestions(tagger, QUESTIONS)), undefined);
    }));
  test('a second stage, which scores as it did before it was written', () =>
    withModel(
      (directory, made) => {
        const { tagger } = readModel(directory);
        assert.equal(tagger.secondStage, made.secondStage);
        assert.is(tagger.namedTags, null, 'every tag has a classifier');
        assert.is(scoreTagger(tagger, QUESTIONS).scores.subset_accuracy, 1);
      },
      { second_stage: SECOND_STAGE },
    ));
  test('a second stage of boosted trees, which scores as it did before it was written', () =>
    withModel(
      (directory, made) => {
        const { tagger } = readModel(directory);
        assert.is(tagger.secondStage!.model.kind, 'boosted');
        assert.equal(tagger.secondStage, made.secondStage);
        const before = createRerank(made.secondStage!, tagger.classes);
        const after = createRerank(tagger.secondStage!, tagger.classes);
        const scores = [
          Float64Array.from({ length: QUESTIONS.length * tagger.classes.length }, (_, i) => Math.sin(i)),
        ];
        assert.equal(after(QUESTIONS, scores), before(QUESTIONS, scores));
        assert.ok(new Set(after(QUESTIONS, scores)).size > 2);
      },
      {
        second_stage: { ...SECOND_STAGE, kind: 'boosted_trees', boosted_trees: { min_samples_leaf: 1 } },
      },
    ));
  test('a second stage over further classifiers, of which a file is missed', () =>
    withModel(
      (directory, made) => {
        const { tagger } = readModel(directory);
        assert.equal(
          tagger.further,
          made.further.map(({ featurizer, fit }) => ({ featurizer, classifier: fit.model })),
        );
        assert.is(scoreTagger(tagger, QUESTIONS).scores.subset_accuracy, 1);
        rmSync(join(directory, 'further-classifier-1.arrays'));
        assert.throws(() => readModel(directory), '"further-classifier-1.arrays" is missing');
      },
      {
        second_stage: {
          ...SECOND_STAGE,
          classifiers: [{ kind: 'complement_nb' }, { kind: 'knn', blocks: FEATURES.blocks }],
        },
      },
    ));
  test('the same from a copy elsewhere: no path and no time is in it', () =>
    withModel((directory) => {
      const copy = `${directory}-moved`;
      cpSync(directory, copy, { recursive: true });
      assert.equal(readModel(copy), readModel(directory));
    }));
});

suite('readModel() refuses a model', (test) => {
  const edit = (file: string, change: (bytes: Buffer) => Uint8Array | string) => (directory: string) => {
    const path = join(directory, file);
    writeFileSync(path, change(readFileSync(path)));
  };
  const manifest = (from: string, to: string) =>
    edit('manifest.json', (bytes) => bytes.toString().replace(from, to));
  table(
    test,
    [
      {
        name: 'that is truncated',
        damage: edit('classifier.arrays', (b) => b.subarray(0, -8)),
        why: '"classifier.arrays" is not the file',
      },
      {
        name: 'of two mixed',
        damage: edit('labels.json', (b) => b.toString().replace('blue', 'bleu')),
        why: '"labels.json" is not the file',
      },
      {
        name: 'with another threshold',
        damage: edit('decision.json', (b) => b.toString().replace('"threshold": ', '"threshold": 1')),
        why: '"decision.json" is not the file',
      },
      {
        name: 'of a newer version',
        damage: manifest('"version": 6', '"version": 7'),
        why: 'its version is 7',
      },
      {
        name: 'that is something else',
        damage: manifest('dvc-like/model', 'other/model'),
        why: 'its format is "other/model"',
      },
      { name: 'whose manifest is damaged', damage: edit('manifest.json', () => '{'), why: 'it is not JSON' },
      {
        name: 'with a file missing',
        damage: (d: string) => {
          rmSync(join(d, 'vectorizer.arrays'));
        },
        why: '"vectorizer.arrays" is missing',
      },
      {
        name: 'without a manifest',
        damage: (d: string) => {
          rmSync(join(d, 'manifest.json'));
        },
        why: 'there is no manifest.json',
      },
    ],
    ({ damage, why }) =>
      withModel((directory) => {
        damage(directory);
        assert.throws(
          () => readModel(directory),
          (error: Error) => error.message.includes(why) || assert.unreachable(error.message),
        );
      }),
  );
});

import * as assert from 'uvu/assert';
import { evaluateHoldOut, type Recipe } from '../../../stages/evaluate/hold-out.ts';
import { suite } from '../../support/suite.ts';
import { CLASSIFIER, DECISION, FEATURES, LABELS, QUESTIONS, questionOf } from '../tagging.ts';

const evaluate = (recipe: Recipe, earlier: typeof QUESTIONS, later: typeof QUESTIONS) =>
  evaluateHoldOut(recipe, earlier, later, { threads: 1 });

const RECIPE: Recipe = {
  labels: LABELS,
  featurize: FEATURES,
  train: CLASSIFIER,
  second_stage: null,
  decision: DECISION,
};

suite('evaluateHoldOut() scores what it did not learn from', (test) => {
  test('what is easy it gets right', async () => {
    const { scores, unconverged } = await evaluate(RECIPE, QUESTIONS, [
      questionOf(90, 'green'),
      questionOf(91, 'red'),
    ]);
    assert.is(unconverged, 0);
    assert.equal(
      [
        scores.questions,
        scores.f1_micro,
        scores.f1_micro_all_tags,
        scores.hamming_loss,
        scores.subset_accuracy,
      ],
      [2, 1, 1, 0, 1],
    );
    assert.is(scores.f1_macro, 2 / 3, 'blue is nowhere: 0, as scikit-learn has it');
  });
  test('a tag of the later months alone is not known', async () => {
    const { scores, tags } = await evaluate(RECIPE, QUESTIONS, [
      questionOf(90, 'green', 'new'),
      questionOf(91, 'new'),
    ]);
    assert.is(scores.unknown_tags, 2);
    assert.is(scores.f1_micro, 1);
    assert.is(scores.f1_micro_all_tags, 2 / (2 + 2));
    assert.equal(
      tags.map(({ tag, known }) => [tag, known]),
      [
        ['green', true],
        ['new', false],
      ],
    );
  });
  test('nothing of the later months reaches labels, terms or weights', async () => {
    const later = [questionOf(90, 'green')];
    const recipe = { ...RECIPE, decision: { ...DECISION, kind: 'fixed' } } as const;
    const alone = await evaluate(recipe, QUESTIONS, later);
    const beside = await evaluate(recipe, QUESTIONS, [...later, questionOf(91, 'new', 'newer')]);
    assert.equal(
      beside.tags.filter(({ tag }) => tag === 'green'),
      alone.tags,
    );
  });
  test('scores are kept to watch only where nearly all questions were learned from', async () => {
    const watchedOf = async (later: typeof QUESTIONS): Promise<readonly string[]> =>
      Object.keys((await evaluate(RECIPE, QUESTIONS, later)).reference.numbers);
    const all = Math.floor(QUESTIONS.length / 0.85);
    const later = Array.from({ length: all - QUESTIONS.length }, (_, i) => questionOf(90 + i, 'green'));
    assert.equal(await watchedOf(later), ['top_score']);
    assert.equal(await watchedOf([...later, questionOf(200, 'red')]), []);
  });
  test('months without a question have no score', async () => {
    const { scores, tags } = await evaluate(RECIPE, QUESTIONS, []);
    assert.equal(tags, []);
    assert.equal(
      [scores.questions, scores.f1_micro, scores.f1_macro, scores.hamming_loss],
      [0, null, null, null],
    );
  });
  test('where no tag has the support that is asked for it says so', async () => {
    const recipe = { ...RECIPE, labels: { coverage: 1, min_support: 100 } };
    const failure = await evaluate(recipe, QUESTIONS, []).then(
      () => 'nothing',
      (error: unknown) => (error as Error).message,
    );
    assert.match(failure, 'No tag is in 100 questions');
  });
  test('where a block of features finds nothing in what is left it says so', async () => {
    const blocks = [...FEATURES.blocks, { kind: 'tfidf', fields: ['code'] } as const];
    const failure = await evaluate({ ...RECIPE, featurize: { blocks } }, QUESTIONS, []).then(
      () => undefined,
      (error: unknown) => error as Error & { readonly hint?: string },
    );
    assert.is(failure?.name, 'StageFailure');
    assert.match(
      failure?.message ?? '',
      'Of the months that are left to learn from, featurize.blocks.1 (code): ',
    );
    assert.match(failure?.hint ?? '', 'lower evaluate.holdout_months');
  });
});

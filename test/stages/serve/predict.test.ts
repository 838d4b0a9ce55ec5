import * as assert from 'uvu/assert';
import { readModel } from '../../../stages/io/index.ts';
import { questionText } from '../../../stages/learn/html/index.ts';
import { scoreQuestions, tagProbabilities } from '../../../stages/learn/tagger/index.ts';
import { suite, table } from '../../support/suite.ts';
import { withServer } from './running.ts';

interface Word {
  readonly word: string;
  readonly field: string;
  readonly kind: string;
  readonly weight: number;
}

interface Tag {
  readonly tag: string;
  readonly score: number;
  readonly probability: number | null;
  readonly given: boolean;
  readonly words: readonly Word[];
}

interface Answer {
  readonly model: string;
  readonly prediction: { readonly tags: readonly Tag[] };
  readonly predictions: readonly { readonly tags: readonly Tag[] }[];
}

function answerOf({ status, text, json }: { status: number; text: string; json: never }): Answer {
  assert.is(status, 200, text);
  return json;
}

const QUESTION = { title: 'red &amp; blue', body: '<p>about <b>red</b></p>' };

suite('POST /predict answers as the tagger does', (test) => {
  test('with its scores and probabilities to the last bit, the highest first', () =>
    withServer({}, async ({ post, model }) => {
      const { tagger } = readModel(model);
      const fields = [questionText(QUESTION.title, QUESTION.body, 'NFC')];
      const scores = scoreQuestions(tagger, fields);
      const probabilities = tagProbabilities(tagger, scores)!;
      const { json, status } = await post('/predict', { ...QUESTION, top_k: 3 });
      assert.is(status, 200);
      const { tags } = (json as Answer).prediction;
      assert.equal(
        tags.map(({ tag, score, probability }) => ({ tag, score, probability })),
        tagger.classes
          .map((tag, i) => ({ tag, score: scores[i]!, probability: probabilities[i]! }))
          .sort((a, b) => b.score - a.score),
      );
    }));
  test('with the words that spoke for a tag: what they add is no more than the score', () =>
    withServer({}, async ({ post }) => {
      const answer = answerOf(await post('/predict', { ...QUESTION, words: 50 }));
      const red = answer.prediction.tags.find(({ tag }) => tag === 'red')!;
      assert.ok(red.given);
      assert.equal(
        red.words
          .slice(0, 4)
          .map(({ word, field, kind }) => `${kind} ${word} in ${field}`)
          .sort(),
        ['tag_name red in text', 'tag_name red in title', 'term red in text', 'term red in title'],
      );
      const weights = red.words.map(({ weight }) => weight);
      assert.equal(
        weights,
        [...weights].sort((a, b) => b - a),
      );
    }));
  table(
    test,
    [
      { name: 'nothing: what the decision gives', options: {}, tags: ['red', 'blue'] },
      { name: 'top_k: so many, given or not', options: { top_k: 3 }, tags: ['red', 'blue', 'green'] },
      { name: 'threshold: above it', options: { threshold: 1e6 }, tags: [] },
      { name: 'both', options: { threshold: -1e6, top_k: 1 }, tags: ['red'] },
    ],
    ({ options, tags }) =>
      withServer({}, async ({ post }) => {
        const answer = answerOf(await post('/predict', { ...QUESTION, ...options }));
        assert.equal(
          answer.prediction.tags.map(({ tag }) => tag),
          tags,
        );
      }),
  );
  test('several questions, each as if alone', () =>
    withServer({}, async ({ post }) => {
      const questions = [QUESTION, { title: 'green' }, { title: 'nothing of the kind' }];
      const { predictions } = answerOf(await post('/predict', { questions }));
      const alone = await Promise.all(
        questions.map(async (question) => answerOf(await post('/predict', question)).prediction),
      );
      assert.equal(predictions, alone);
    }));
});

suite('POST /invocations answers as MLflow asks', (test) => {
  table(
    test,
    [
      {
        name: 'dataframe_split',
        body: {
          dataframe_split: {
            columns: ['body', 'title'],
            data: [
              ['', 'red'],
              [null, 'green'],
            ],
          },
        },
      },
      {
        name: 'dataframe_records',
        body: { dataframe_records: [{ title: 'red' }, { title: 'green', id: 7 }] },
      },
      { name: 'instances', body: { instances: ['red', { title: 'green', body: '' }] } },
      { name: 'inputs, a list', body: { inputs: [{ title: 'red' }, 'green'] } },
      { name: 'inputs, columns', body: { inputs: { title: ['red', 'green'] } } },
    ],
    ({ body }) =>
      withServer({}, async ({ post }) => {
        const { json, status, text } = await post('/invocations', body);
        assert.is(status, 200, text);
        const { predictions } = json as { predictions: readonly { tags: string[]; scores: number[] }[] };
        assert.equal(
          predictions.map(({ tags }) => tags),
          [['red'], ['green']],
        );
        assert.ok(predictions.every(({ scores }) => scores.length === 1));
      }),
  );
  test('params: top_k', () =>
    withServer({}, async ({ post }) => {
      const { json, status, text } = await post('/invocations', { instances: ['red'], params: { top_k: 2 } });
      assert.is(status, 200, text);
      assert.is((json as { predictions: { tags: string[] }[] }).predictions[0]!.tags.length, 2);
    }));
});

suite('the server answers who runs it', (test) => {
  test('/ping, /health, /version, /health/live, /health/ready, /model', () =>
    withServer({}, async ({ get }) => {
      for (const path of ['/ping', '/health']) assert.is((await get(path)).text, '\n');
      assert.match((await get('/version')).text, /^\d+\.\d+\.\d+$/);
      assert.equal((await get('/health/live')).json, { status: 'live' });
      assert.equal((await get('/health/ready')).json, { status: 'ready' });
      const { tags, months } = (await get('/model')).json as {
        tags: { tag: string; support: number }[];
        months: unknown;
      };
      assert.equal(tags, [
        { tag: 'blue', support: 6 },
        { tag: 'green', support: 3 },
        { tag: 'red', support: 6 },
      ]);
      assert.equal(months, { from: '2020-01', to: '2020-03' });
    }));
  test('/metrics counts requests by route and status, questions and tags', () =>
    withServer({}, async ({ get, post, metric }) => {
      await post('/predict', { questions: [{ title: 'red' }, { title: 'green' }] });
      await post('/predict', {});
      await get('/nowhere/at/all');
      assert.is(await metric('so_tagger_http_requests_total{method="POST",route="/predict",code="200"}'), 1);
      assert.is(await metric('so_tagger_http_requests_total{method="POST",route="/predict",code="400"}'), 1);
      assert.is(await metric('so_tagger_http_requests_total{method="GET",route="unmatched",code="404"}'), 1);
      assert.is(await metric('so_tagger_questions_total'), 2);
      assert.is(await metric('so_tagger_tags_given_total{tag="red"}'), 1);
      assert.is(await metric('so_tagger_questions_without_tag_total'), 0);
      assert.is(await metric('so_tagger_ready'), 1);
    }));
});

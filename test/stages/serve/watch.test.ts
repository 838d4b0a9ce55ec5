import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { readPredictionLog } from '../../../stages/io/index.ts';
import { compare } from '../../../stages/learn/drift/index.ts';
import { openModel } from '../../../stages/serve/index.ts';
import { suite } from '../../support/suite.ts';
import { QUESTIONS } from '../tagging.ts';
import { type Running, withServer } from './running.ts';
import { withSmallModel, writeSmallModel } from './small-model.ts';

/** Questions as those of training, or of words that it never saw. */
const questions = (count: number, isStrange: boolean): readonly object[] =>
  Array.from({ length: count }, (_, i) => {
    const { title, text } = QUESTIONS[i % QUESTIONS.length]!;
    return isStrange ? { title: `zorblax ${i}`, body: 'quux frobnicate '.repeat(20) } : { title, body: text };
  });

async function ask({ post }: Running, all: readonly object[]): Promise<void> {
  for (let i = 0; i < all.length; i += 100) {
    assert.is((await post('/predict', { questions: all.slice(i, i + 100) })).status, 200);
  }
}

suite('predictions are logged without texts', (test) => {
  const logged = (
    body: (running: Running, path: string) => Promise<void>,
    maxBytes = 1 << 20,
  ): Promise<void> =>
    withSmallModel((_, top) => {
      const path = join(top, 'predictions.jsonl');
      return withServer({ predictionLog: { path, maxBytes, keep: 2 } }, (running) => body(running, path));
    });

  test('so that they are compared with the reference as a month is', () =>
    logged(async (running, path) => {
      const { reference, id } = openModel(running.model);
      await ask(running, questions(240, false));
      await ask(running, questions(60, true));
      await running.close();
      const text = readFileSync(path, 'utf8');
      assert.not.match(text, /about|zorblax|quux/);
      const sample = readPredictionLog([path], id);
      assert.is(sample.questions, 300);
      assert.is(sample.sets['predicted_tag']!.get('green') !== undefined, true);
      const { columns } = compare(reference, sample);
      assert.equal(columns.map(({ column }) => column).sort(), [
        'code_share',
        'oov_rate',
        'predicted_tag',
        'predicted_tags',
        'text_length',
      ]);
      assert.is(readPredictionLog([path], 'another').questions, 0);
    }));
  test('into files that are rotated by size, the oldest dropped', () =>
    logged(async (running, path) => {
      for (let i = 0; i < 6; i++) {
        await ask(running, questions(10, false));
        await new Promise((done) => setTimeout(done, 600));
      }
      await running.close();
      assert.equal(['', '.1', '.2', '.3'].map((suffix) => existsSync(path + suffix)).slice(1), [
        true,
        true,
        false,
      ]);
    }, 1000));
  test('a log that cannot be written costs no answer', () =>
    withServer(
      { predictionLog: { path: '/nowhere/at/all.jsonl', maxBytes: 1, keep: 1 } },
      async (running) => {
        await ask(running, questions(1, false));
        await running.close();
        assert.match(running.log.at(-1)!, 'Cannot log predictions: ENOENT');
      },
    ));
});

suite('the last questions are compared with training', (test) => {
  test('drift is seen where their words are others, and not where they are the same', () =>
    withSmallModel(async (_, top) => {
      const model = join(top, 'many');
      await writeSmallModel(model, {
        questions: Array.from({ length: 240 }, (_each, i) => ({ ...QUESTIONS[i % 12]!, id: i })),
      });
      const predictionLog = { path: join(top, 'log.jsonl'), maxBytes: 1 << 30, keep: 1 };
      const drifted = (isStrange: boolean): Promise<readonly (number | undefined)[]> =>
        withServer({ model, predictionLog, windowQuestions: 200 }, async (running) => {
          await ask(running, questions(300, isStrange));
          await new Promise((done) => setTimeout(done, 1200));
          return [
            await running.metric('so_tagger_window_questions'),
            await running.metric('so_tagger_window_drift_detected'),
            await running.metric('so_tagger_window_column_drift{column="text_length"}'),
          ];
        });
      assert.equal(await drifted(true), [200, 1, 1]);
      // Of these few texts scores are others than out of fold: that is told, and is no change of the questions.
      const [count, , length] = await drifted(false);
      assert.equal([count, length], [200, 0]);
    }));
});

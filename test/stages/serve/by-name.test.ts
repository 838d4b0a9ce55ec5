import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { readPredictionLog } from '../../../stages/io/index.ts';
import { suite } from '../../support/suite.ts';
import { RARE_TAGS } from './rare-tags.ts';
import { withServer } from './running.ts';
import { withSmallModel } from './small-model.ts';

interface Answer {
  readonly prediction: {
    readonly tags: readonly { readonly tag: string; readonly given: boolean; readonly words: readonly [] }[];
  };
}

suite('tags that are given by name', (test) => {
  test('are answered, counted and logged, and are not compared with a reference that has none', () =>
    withSmallModel(async (model, top) => {
      const path = join(top, 'log.jsonl');
      const predictionLog = { path, maxBytes: 1 << 20, keep: 1 };
      await withServer({ model, predictionLog }, async ({ post, metric, close }) => {
        const { json } = await post('/predict', { title: 'about red and helm' });
        const { tags } = (json as Answer).prediction;
        assert.equal(tags.map(({ tag, given }) => [tag, given]).sort(), [
          ['helm', true],
          ['red', true],
        ]);
        assert.equal(tags.find(({ tag }) => tag === 'helm')!.words, []);
        assert.is(await metric('so_tagger_tags_given_total{tag="helm"}'), 1);
        assert.is(await metric('so_tagger_tags_given_total{tag="red"}'), 1);
        assert.is(await metric('so_tagger_questions_without_tag_total'), 0);
        await close();
      });
      const { tags, by_name } = JSON.parse(readFileSync(path, 'utf8')) as {
        readonly tags: readonly { readonly tag: string }[];
        readonly by_name: readonly { readonly tag: string; readonly probability: number }[];
      };
      assert.equal([tags.map(({ tag }) => tag), by_name.map(({ tag }) => tag)], [['red'], ['helm']]);
      assert.ok(by_name[0]!.probability > 0 && by_name[0]!.probability < 1);
      assert.equal([...readPredictionLog([path]).sets['predicted_tag']!.keys()], ['red']);
    }, RARE_TAGS));
});

suite('a question is normalised as those of the training were', (test) => {
  /** What is said of a word in full width, and of the same one as it is always written. */
  const both = (unicodeForm: 'NFC' | 'NFKC'): Promise<readonly unknown[]> =>
    withSmallModel(
      (model) =>
        withServer({ model }, async ({ post }) => {
          const titles = ['\uff47\uff52\uff45\uff45\uff4e', 'green'];
          const answers = await Promise.all(titles.map((title) => post('/predict', { title, top_k: 3 })));
          return answers.map(({ json }) => (json as Answer).prediction);
        }),
      { unicodeForm },
    );
  test('NFKC: it is the same', async () => {
    const [wide, usual] = await both('NFKC');
    assert.equal(wide, usual);
  });
  test('NFC: it is another', async () => {
    const [wide, usual] = await both('NFC');
    assert.not.equal(wide, usual);
  });
});

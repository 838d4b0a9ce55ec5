import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { suite, table } from '../../support/suite.ts';
import { RARE_TAGS } from '../serve/rare-tags.ts';
import { type SmallModel, withSmallModel } from '../serve/small-model.ts';
import { type Ended, soTagger } from './so-tagger.ts';

const SCORES = 'tag,known,support,precision,recall,f1\nblue,true,6,,0,\nred,true,6,1,0.5,0.6667\n';

const explain = (args: readonly string[], model: SmallModel = {}): Promise<Ended> =>
  withSmallModel((_, top) => {
    writeFileSync(join(top, 'tags.csv'), SCORES);
    return soTagger(top, ['explain', '--model', 'model', '--scores', 'tags.csv', ...args]);
  }, model);

suite('so-tagger explain prints what a model knows of a tag', (test) => {
  test('its support, F1, threshold and strongest words', async () =>
    assert.equal(await explain(['red', '--words', '2']), {
      exitCode: 0,
      stdout: `red
  support    6 of 12 training questions
  F1         0.667
  threshold  -0.2092, one for all tags

raises the score  field  weight
red               text    0.713
and               title   0.663

lowers the score  field  weight
blue              title  -0.350
about             title  -0.326
`,
      stderr: '',
    }));
  test('names that stand in a field, beside its words', async () => {
    const { stdout } = await explain(['green']);
    assert.match(stdout, /\ngreen {13}title +\d\.\d{3}\n/);
    assert.match(stdout, /\ngreen \(named\) {5}title +\d\.\d{3}\n/);
  });
  test('as JSON; an F1 that nothing is known of is null', async () => {
    const { stdout } = await explain(['blue', '--json', '--words', '1']);
    const { raising, lowering, ...facts } = JSON.parse(stdout) as Record<string, readonly object[]>;
    assert.equal(facts, {
      tag: 'blue',
      support: 6,
      questions: 12,
      f1: null,
      threshold: '-0.2092, one for all tags',
    });
    for (const words of [raising, lowering]) {
      assert.equal(
        words!.map((word) => Object.keys(word)),
        [['kind', 'word', 'field', 'weight']],
      );
    }
  });
});

suite('so-tagger explain says what it does not know', (test) => {
  table(
    test,
    [
      {
        name: 'a tag, and one that is like it',
        tag: 're',
        stderr: 'error: The model does not know the tag "re"\n  = hint: it knows green, red\n',
      },
      {
        name: 'a tag like none',
        tag: 'zzz',
        stderr:
          'error: The model does not know the tag "zzz"\n  = hint: it knows 3 tags, such as blue, green, red\n',
      },
      {
        name: 'a tag that is given by name',
        tag: 'helm',
        model: RARE_TAGS,
        stderr:
          'error: The model has no classifier for the tag "helm"\n' +
          '  = hint: it is too rare for one: it is given to questions that name it, where that was mostly right\n',
      },
    ],
    async ({ tag, model, stderr }) =>
      assert.equal(await explain([tag], model), { exitCode: 1, stdout: '', stderr }),
  );
  test('which tag is asked for', async () => {
    const { exitCode, stderr } = await explain([]);
    assert.is(exitCode, 2);
    assert.match(stderr, "error: missing required argument 'tag'");
  });
});

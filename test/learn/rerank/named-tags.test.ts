import * as assert from 'uvu/assert';
import { binarizeLabels } from '../../../stages/learn/labels/index.ts';
import { createTagByName, fitNamedTags, type TaggedFields } from '../../../stages/learn/rerank/index.ts';
import { suite } from '../../support/suite.ts';

const RARE = ['helm', 'vagrant', 'word'];

/** `helm` and `vagrant` are meant where they are named in the title; `word` is not, but once. */
const QUESTIONS: readonly TaggedFields[] = Array.from({ length: 120 }, (_, i) => {
  const name = RARE[i % 3]!;
  const tags = name === 'word' ? (i < 8 ? ['common', 'word'] : ['common']) : ['common', name];
  return { title: `a ${name}`, text: i % 2 === 0 ? `of ${name}` : '', code: '', links: [], tags };
});
const CLASSES = ['common'];
const GIVEN = binarizeLabels(
  CLASSES,
  QUESTIONS.map(({ tags }) => tags),
).matrix;
const FOLD_OF = Uint32Array.from(QUESTIONS, (_, i) => Math.floor(i / 3) % 3);

const asked = (...titles: readonly string[]) =>
  titles.map((title) => ({ title, text: '', code: '', links: [] }));
const noneGiven = (rows: number) =>
  binarizeLabels(
    CLASSES,
    Array.from({ length: rows }, () => ['common']),
  ).matrix;

suite('tags without a classifier are given by name', (test) => {
  const fitted = fitNamedTags(1, CLASSES, QUESTIONS, GIVEN, FOLD_OF, 1000)!;
  test('where the name was right before, and not where it was wrong', () => {
    assert.equal(fitted.tags, RARE);
    const questions = asked('about helm', 'a word', 'nothing', 'vagrant and helm');
    const { tags, given, odds } = createTagByName(fitted)(questions, noneGiven(4));
    const rows = questions.map((_, row) =>
      Array.from(given.indices.subarray(given.indptr[row], given.indptr[row + 1]), (tag) => tags[tag]),
    );
    assert.equal(rows, [['helm'], [], [], ['helm', 'vagrant']]);
    assert.is(odds.length, 3);
    assert.ok(odds.every((value) => value > fitted.threshold));
  });
  test('to a question as by itself', () => {
    const tagByName = createTagByName(fitted);
    const together = tagByName(asked('helm', 'vagrant'), noneGiven(2));
    const alone = tagByName(asked('vagrant'), noneGiven(1));
    assert.is(together.odds[1], alone.odds[0]);
  });
  test('from the last questions, of which there may be none with a name', () => {
    const nothing = [...QUESTIONS, { title: 'x', text: '', code: '', links: [], tags: ['common'] }];
    const folds = Uint32Array.from([...FOLD_OF, 0]);
    assert.is(fitNamedTags(1, CLASSES, nothing, noneGiven(121), folds, 1), null);
  });
  test('and none where every tag has a classifier, or one fold alone knows it', () => {
    assert.is(
      fitNamedTags(1, [...CLASSES, ...RARE], QUESTIONS, { ...GIVEN, labels: 4 }, FOLD_OF, 1000),
      null,
    );
    const once: readonly TaggedFields[] = ['a', 'b'].map((tag) => ({
      title: tag,
      text: '',
      code: '',
      links: [],
      tags: ['common', tag],
    }));
    assert.is(fitNamedTags(1, CLASSES, once, noneGiven(2), Uint32Array.of(0, 1), 10), null);
  });
});

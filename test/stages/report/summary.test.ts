import * as assert from 'uvu/assert';
import type { Scores, TagCounts } from '../../../stages/learn/tagger/index.ts';
import { summarize, type WatchedMonth } from '../../../stages/report/summary.ts';
import { suite } from '../../support/suite.ts';

const counts = (tag: string, tp: number, fp: number, fn: number, known = true): TagCounts => ({
  tag,
  known,
  true_positives: tp,
  false_positives: fp,
  false_negatives: fn,
});

const month = (name: string, tags: readonly TagCounts[], scores: Partial<Scores> = {}): WatchedMonth => ({
  month: name,
  tags,
  scores: {
    questions: 10,
    f1_micro: 0.5,
    f1_micro_se: 0.05,
    f1_micro_low: 0.4,
    f1_micro_high: 0.6,
    f1_micro_all_tags: 0.4,
    precision_micro: 0.5,
    recall_micro: 0.5,
    f1_macro: 0.5,
    hamming_loss: 0.1,
    subset_accuracy: 0.2,
    true_positives: 5,
    false_positives: 5,
    false_negatives: 5,
    unknown_tags: 5,
    ...scores,
  },
});

suite('summarize() pools the months', (test) => {
  const nobody: Partial<Scores> = {
    questions: 0,
    f1_micro: null,
    hamming_loss: null,
    subset_accuracy: null,
    true_positives: 0,
    false_positives: 0,
    false_negatives: 0,
    unknown_tags: 0,
  };
  test('micro F1 over all cells, means over questions by their numbers', () => {
    const { total } = summarize(
      [
        month('2020-01', []),
        month('2020-02', [], { questions: 30, subset_accuracy: 0.6, true_positives: 15 }),
      ],
      1,
    );
    assert.is(total.questions, 40);
    assert.is(total.f1_micro, 40 / 60);
    assert.is(total.f1_micro_all_tags, 40 / 70);
    assert.is(total.subset_accuracy, (10 * 0.2 + 30 * 0.6) / 40);
  });
  test('a month without questions counts for nothing and is not the worst', () => {
    const { total, worst } = summarize([month('2020-01', []), month('2020-02', [], nobody)], 1);
    assert.is(total.f1_micro, 0.5);
    assert.equal(worst, { month: '2020-01', f1_micro: 0.5 });
  });
  test('no question at all has no score', () => {
    const { total, worst } = summarize([month('2020-01', [], nobody)], 1);
    assert.is(total.f1_micro, null);
    assert.is(worst, null);
  });
});

suite('summarize() judges tags', (test) => {
  const months = [
    month('2020-01', [counts('falls', 8, 0, 2), counts('holds', 5, 5, 5), counts('rare', 1, 0, 0)]),
    month('2020-02', [counts('falls', 8, 0, 2), counts('new', 0, 0, 9, false)]),
    month('2020-03', [counts('falls', 2, 0, 8), counts('holds', 6, 5, 5), counts('rare', 0, 0, 1)]),
    month('2020-04', [counts('falls', 2, 0, 8), counts('new', 0, 0, 9, false)]),
  ];
  test('by support, then name', () => {
    assert.equal(
      summarize(months, 5).tags.map(({ tag, support }) => [tag, support]),
      [
        ['falls', 40],
        ['holds', 21],
        ['new', 18],
        ['rare', 2],
      ],
    );
  });
  test('a tag that is not known has no F1', () => {
    assert.is(summarize(months, 5).tags.find(({ tag }) => tag === 'new')?.f1, null);
  });
  test('fallen are those whose F1 is lower in the later half, with support in both', () => {
    const { fallen } = summarize(months, 5);
    assert.equal(
      fallen.map(({ tag, earlier, later }) => [tag, earlier.support, later.support]),
      [['falls', 20, 20]],
    );
    assert.is(fallen[0]?.change, 8 / 24 - 32 / 36);
  });
});

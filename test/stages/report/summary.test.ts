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
    f1_micro_bootstrap_low: 0.41,
    f1_micro_bootstrap_high: 0.59,
    f1_micro_all_tags: 0.4,
    precision_micro: 0.5,
    recall_micro: 0.5,
    f1_macro: 0.5,
    hamming_loss: 0.1,
    subset_accuracy: 0.2,
    lrap: 0.6,
    precision_at_1: 0.7,
    precision_at_3: 0.5,
    precision_at_5: 0.4,
    recall_at_5: 0.25,
    questions_with_known_tags: 8,
    true_positives: 5,
    false_positives: 5,
    false_negatives: 5,
    unknown_tags: 5,
    named_true_positives: 0,
    named_false_positives: 0,
    ...scores,
  },
});

suite('summarize() pools the months', (test) => {
  const nobody: Partial<Scores> = {
    questions: 0,
    f1_micro: null,
    hamming_loss: null,
    subset_accuracy: null,
    lrap: null,
    recall_at_5: null,
    questions_with_known_tags: 0,
    true_positives: 0,
    false_positives: 0,
    false_negatives: 0,
    unknown_tags: 0,
    named_true_positives: 0,
    named_false_positives: 0,
  };
  test('micro F1 over all cells, means over questions by their numbers', () => {
    const { total } = summarize(
      [
        month('2020-01', []),
        month('2020-02', [], {
          questions: 30,
          subset_accuracy: 0.6,
          lrap: 0.2,
          recall_at_5: 0.5,
          questions_with_known_tags: 24,
          true_positives: 15,
        }),
      ],
      1,
      0.05,
    );
    assert.is(total.questions, 40);
    assert.is(total.f1_micro, 40 / 60);
    assert.is(total.f1_micro_all_tags, 40 / 70);
    assert.is(total.subset_accuracy, (10 * 0.2 + 30 * 0.6) / 40);
    assert.is(total.lrap, (10 * 0.6 + 30 * 0.2) / 40);
    assert.is(total.recall_at_5, (8 * 0.25 + 24 * 0.5) / 32, 'of the questions with known tags');
    const se = Math.hypot(20 * 0.05, 40 * 0.05) / 60;
    assert.ok(Math.abs(total.f1_micro_se! - se) < 1e-15, 'months are strata');
  });
  test('a month without questions counts for nothing and is not the worst', () => {
    const { total, worst } = summarize([month('2020-01', []), month('2020-02', [], nobody)], 1, 0.05);
    assert.is(total.f1_micro, 0.5);
    assert.equal(worst, { month: '2020-01', f1_micro: 0.5 });
  });
  test('no question at all has no score', () => {
    const { total, worst } = summarize([month('2020-01', [], nobody)], 1, 0.05);
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
      summarize(months, 5, 0.05).tags.map(({ tag, support }) => [tag, support]),
      [
        ['falls', 40],
        ['holds', 21],
        ['new', 18],
        ['rare', 2],
      ],
    );
  });
  test('a tag that is not known has no F1', () => {
    assert.is(summarize(months, 5, 0.05).tags.find(({ tag }) => tag === 'new')?.f1, null);
  });
  test('in the earlier half and the later, those with support in both', () => {
    const { judged, fallen, within_chance } = summarize(months, 5, 0.05).falls;
    assert.is(judged, 2);
    assert.equal(
      fallen.map(({ tag, earlier, later }) => [tag, earlier.support, later.support]),
      [['falls', 20, 20]],
    );
    assert.equal(within_chance, [], 'a tag that rose is neither');
    const { change, change_low, change_high, p, q } = fallen[0]!;
    assert.is(change, 8 / 24 - 32 / 36);
    assert.ok(change_low < change && change < change_high && change_high < 0);
    assert.is(q, 2 * p, 'two tags were judged');
  });
  test('a fall that chance explains is no fall, the stricter the more tags are judged', () => {
    const many = Array.from({ length: 20 }, (_, i) => counts(`still-${i}`, 10, 5, 5));
    const halves = (others: readonly TagCounts[]): readonly WatchedMonth[] => [
      month('2020-01', [counts('falls', 18, 4, 4), counts('slips', 10, 5, 5), ...others]),
      month('2020-02', [counts('falls', 9, 8, 11), counts('slips', 9, 5, 6), ...others]),
    ];
    const few = summarize(halves([]), 5, 0.05).falls;
    assert.equal(
      [few.fallen, few.within_chance].map((tags) => tags.map(({ tag }) => tag)),
      [['falls'], ['slips']],
    );
    const lost = summarize(halves(many), 5, 0.05).falls;
    assert.is(lost.judged, 22);
    assert.equal(lost.fallen, []);
    assert.equal(
      lost.within_chance.map(({ tag }) => tag),
      ['falls', 'slips'],
    );
  });
});

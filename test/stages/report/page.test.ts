import * as assert from 'uvu/assert';
import { renderPage } from '../../../stages/report/page.ts';
import { summarize } from '../../../stages/report/summary.ts';
import { suite } from '../../support/suite.ts';

const SCORES = {
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
};

const HOSTILE = '<script>alert("1")</script>';

const page = (notice: string | null, months = 2): string => {
  const tag = { tag: HOSTILE, known: true, true_positives: 5, false_positives: 5, false_negatives: 5 };
  const watched = Array.from({ length: months }, (_, i) => ({
    month: `2020-0${i + 1}`,
    scores: SCORES,
    tags: [tag],
  }));
  return renderPage({
    summary: summarize(watched, 1),
    reference: 0.6,
    notice,
    planted: new Map([['2020-02', `the tag ${HOSTILE} appears`]]),
    trainedOn: { from: '2019-01', to: '2019-12' },
    minSupport: 1,
  });
};

suite('renderPage() makes a page that stands alone', (test) => {
  test('nothing is loaded from elsewhere, nothing runs', () => {
    assert.not.match(page(null), /\b(?:src|href)=|url\(|@import|<script|<link|<iframe/);
  });
  test('what comes from the data is escaped', () => {
    assert.not.match(page(HOSTILE), /<script/);
    assert.match(page(HOSTILE), '&#60;script&#62;');
  });
  test('synthetic data is said to be so', () => {
    assert.match(page('Synthetic data: made up'), '<p class="notice">Synthetic data: made up</p>');
    assert.not.match(page(null), 'class="notice"');
  });
  test('for phones, for the dark, for readers of the screen', () => {
    assert.match(page(null), 'width=device-width');
    assert.match(page(null), 'prefers-color-scheme: dark');
    assert.match(page(null), '<title id="chart-title">Micro F1 by month</title>');
  });
  test('the same values make the same page', () => {
    assert.is(page('x'), page('x'));
  });
  test('no months make a page too', () => {
    assert.match(page(null, 0), 'scored on the 0 months');
  });
});

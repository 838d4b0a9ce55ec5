import * as assert from 'uvu/assert';
import { moveWindow, readWindow, type Window, writeWindow } from '../../../../stages/cli/retrain/window.ts';
import { suite, table } from '../../../support/suite.ts';

const NOW: Window = {
  train: { from: '2021-01', to: '2022-12' },
  watch: { from: '2023-01', to: '2023-12' },
};

suite('moveWindow() trains on what was watched, but for the months to compare on', (test) => {
  table<{
    readonly name: string;
    readonly months: number;
    readonly keepsFirst: boolean;
    readonly then: Window;
  }>(
    test,
    [
      {
        name: 'as many months go as come',
        months: 3,
        keepsFirst: false,
        then: { train: { from: '2021-10', to: '2023-09' }, watch: { from: '2023-10', to: '2023-12' } },
      },
      {
        name: 'the first stay',
        months: 3,
        keepsFirst: true,
        then: { train: { from: '2021-01', to: '2023-09' }, watch: { from: '2023-10', to: '2023-12' } },
      },
      {
        name: 'one new month',
        months: 11,
        keepsFirst: false,
        then: { train: { from: '2021-02', to: '2023-01' }, watch: { from: '2023-02', to: '2023-12' } },
      },
    ],
    ({ months, keepsFirst, then }) => {
      assert.equal(moveWindow(NOW, { months, keepsFirst }), then);
    },
  );

  test('and refuses where nothing is new', () => {
    assert.throws(
      () => moveWindow(NOW, { months: 12, keepsFirst: false }),
      /There is nothing new to learn from/,
    );
  });
});

suite('writeWindow() leaves all but the months as it is', (test) => {
  const text = (trainFrom: string, trainTo: string, watchFrom: string, watchTo: string): string =>
    `# The study.\r\nmonths: # both ends included\n  watch:\n    from:   ${watchFrom} # first\n    "to": '${watchTo}'\n` +
    `  train: { from: "${trainFrom}",to: ${trainTo} } # learns\n\nother: {from: 2021-01} # not a month of ours\n`;
  const before = text('2021-01', '2022-12', '2023-01', '2023-12');

  test('comments, quotes, order, blanks', () => {
    assert.equal(readWindow(before), NOW);
    const then = moveWindow(NOW, { months: 3, keepsFirst: false });
    assert.is(writeWindow(before, then), text('2021-10', '2023-09', '2023-10', '2023-12'));
    assert.is(writeWindow(before, NOW), before);
  });

  table(
    test,
    [
      { name: 'no months', text: 'train: {}\n', says: 'months.train.from' },
      { name: 'no end', text: 'months: {train: {from: 2021-01}, watch: {}}\n', says: 'months.train.to' },
      { name: 'no month', text: 'months: {train: {from: 2021, to: 2021-13}}\n', says: 'months.train.from' },
      {
        name: 'a year too long',
        text: 'months: {train: {from: 2021-01, to: 2021-13}}\n',
        says: 'months.train.to',
      },
    ],
    ({ text: wrong, says }) => {
      assert.throws(() => readWindow(wrong), new RegExp(says));
    },
  );
});

import fc from 'fast-check';
import * as assert from 'uvu/assert';
import { monthNumber, monthsBetween, monthText } from '../../../engine/template/months.ts';
import { suite, table } from '../../support/suite.ts';

const month = fc.integer({ min: 0, max: 9999 * 12 + 11 });

suite('monthNumber() reads what monthText() writes', (test) => {
  test('for every month', () =>
    fc.assert(fc.property(month, (number) => assert.is(monthNumber(monthText(number)), number))));

  table(
    test,
    ['2019-00', '2019-13', '2019-1', '19-01', '2019-01-01', ' 2019-01', '2019-01\n', '２019-01', ''].map(
      (text) => ({
        name: `not ${JSON.stringify(text)}`,
        text,
      }),
    ),
    ({ text }) => assert.is(monthNumber(text), undefined),
  );
});

suite('monthsBetween() counts every month once', (test) => {
  test('from the first to the last', () =>
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9000 * 12 }), fc.nat(400), (from, length) => {
        const months = monthsBetween(from, from + length);
        assert.is(months.length, length + 1);
        assert.is(months[0], monthText(from));
        assert.is(months.at(-1), monthText(from + length));
        assert.equal(
          months.map((each) => monthNumber(each)),
          months.map((_, i) => from + i),
        );
      }),
    ));

  test('and none where they are the wrong way round', () => assert.equal(monthsBetween(5, 4), []));
});

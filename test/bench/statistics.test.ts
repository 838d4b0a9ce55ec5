import * as assert from 'uvu/assert';
import { estimateMedian } from '../../bench/statistics.ts';
import { suite, table } from '../support/suite.ts';

const upTo = (n: number): readonly number[] => Array.from({ length: n }, (_, i) => n - i);

suite('estimateMedian() gives the median and the tightest ranks that hold it with 95 %', (test) => {
  table(
    test,
    [
      { name: 'one value', values: [7], median: 7, low: 7, high: 7 },
      { name: 'an even count', values: [1, 2, 4, 10], median: 3, low: 1, high: 10 },
      { name: '11 values', values: upTo(11), median: 6, low: 2, high: 10 },
      // Ranks 40 and 61: Conover, Practical Nonparametric Statistics, the binomial interval of a quantile.
      { name: '100 values', values: upTo(100), median: 50.5, low: 40, high: 61 },
    ],
    ({ values, median, low, high }) => assert.equal(estimateMedian(values), { median, low, high }),
  );

  test('no values are a mistake of the caller', () => assert.throws(() => estimateMedian([]), /no median/));
});

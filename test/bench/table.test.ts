import * as assert from 'uvu/assert';
import { renderStandings } from '../../bench/table.ts';
import { suite } from '../support/suite.ts';

const sure = (median: number) => ({ median, low: median, high: median });

suite('renderStandings() is a Markdown table of medians and intervals', (test) => {
  test('figures have three digits', () =>
    assert.is(
      renderStandings([
        {
          name: 'ours',
          wallMs: { median: 61.234, low: 60, high: 1234.5 },
          cpuMs: sure(50),
          wallRatio: sure(1),
          cpuRatio: sure(1),
        },
        {
          name: 'theirs',
          wallMs: sure(600),
          cpuMs: sure(0),
          wallRatio: sure(0.10206),
          cpuRatio: sure(Infinity),
        },
      ]),
      `
|        |         wall ms |      CPU ms |      wall: ours / it | CPU: ours / it |
|--------|----------------:|------------:|---------------------:|---------------:|
| ours   | 61.2 [60, 1235] | 50 [50, 50] |             1 [1, 1] |       1 [1, 1] |
| theirs |  600 [600, 600] |    0 [0, 0] | 0.102 [0.102, 0.102] |       - [-, -] |
`.trim(),
    ));
});

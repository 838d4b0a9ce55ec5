import fc from 'fast-check';
import * as assert from 'uvu/assert';
import { Float, type Value } from '../../../../cache/index.ts';
import { alignedText, diffTable, markdownTable, metricsTable } from '../../../../engine/report/index.ts';
import { suite, table } from '../../../support/suite.ts';

const shown = (was: Value | undefined, is: Value | undefined, precision?: number): readonly string[] =>
  diffTable([{ path: 'p', key: 'k', was, is }], {
    title: 'Metric',
    was: 'HEAD',
    is: 'workspace',
    showPath: false,
    precision,
  }).rows[0]!.slice(1);

suite('diffTable() shows numbers short enough to compare', (test) => {
  table(
    test,
    [
      { name: 'five digits', was: 0.123456789, is: 0.2, cells: ['0.12346', '0.2', '+0.076543'] },
      {
        name: 'none is cut before the point',
        was: 123456.789,
        is: -0.5,
        cells: ['123457', '-0.5', '-123457'],
      },
      {
        name: 'small ones',
        was: 0.0000123456789,
        is: new Float(0),
        cells: ['1.2346e-05', '0.0', '-1.2346e-05'],
      },
      { name: 'whole floats', was: new Float(1), is: new Float(1e16), cells: ['1.0', '1e+16', '+1e+16'] },
      {
        name: 'a whole float that is rounded',
        was: new Float(1234567),
        is: 1.5,
        cells: ['1234567.0', '1.5', '-1234566'],
      },
      {
        name: 'whole numbers of any size',
        was: 1,
        is: 2n ** 60n,
        cells: ['1', '1152921504606846976', '+1152921504606846975'],
      },
      {
        name: 'no number at all',
        was: NaN,
        is: -Infinity,
        cells: ['.nan', '-.inf', '-.inf'].map((cell, i) => (i === 2 ? '.nan' : cell)),
      },
      { name: 'a noise of the last digits', was: 0.1, is: 0.3, cells: ['0.1', '0.3', '+0.2'] },
      { name: 'booleans have no change', was: true, is: 1, cells: ['true', '1', '-'] },
      { name: 'texts have none', was: 'a', is: null, cells: ['a', 'null', '-'] },
      { name: 'what is not there', was: undefined, is: 1, cells: ['-', '1', '-'] },
    ],
    ({ was, is, cells }) => {
      assert.equal(shown(was, is, 5), cells);
    },
  );

  test('without a precision, all digits', () => {
    assert.equal(shown(0.123456789, 123456.789), ['0.123456789', '123456.789', '+123457']);
  });

  test('a rounded number is as near as its digits say', () => {
    fc.assert(
      fc.property(
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.integer({ min: 1, max: 20 }),
        (value, digits) => {
          const near = Number(shown(new Float(value), undefined, digits)[0]);
          assert.ok(Math.abs(near - value) <= Math.abs(value) * 0.5000001 * 10 ** (1 - digits));
        },
      ),
    );
  });
});

suite('metricsTable() has a column for each of few metrics, a row for each of many', (test) => {
  const leaves = (count: number) =>
    new Map(Array.from({ length: count }, (_, i) => [`m${String(i)}`, i] as const));
  table(
    test,
    [
      { name: 'eight', count: 8, columns: 9, rows: 2 },
      { name: 'nine', count: 9, columns: 3, rows: 12 },
    ],
    ({ count, columns, rows }) => {
      const files = new Map([
        ['a', leaves(count)],
        ['b', leaves(3)],
      ]);
      const made = metricsTable([{ revision: undefined, files }], 5);
      assert.equal([made.header.length, made.rows.length], [columns, rows]);
      const twice = metricsTable(
        ['workspace', 'main'].map((revision) => ({ revision, files })),
        5,
      );
      assert.equal([twice.header.length, twice.rows.length], [columns + 1, 2 * rows]);
      assert.is(twice.rows.at(-1)![0], 'main');
    },
  );
});

suite('tables keep their columns whatever the cells hold', (test) => {
  const made = {
    header: ['Path', 'Value'],
    rows: [
      ['日本', 'a|b'],
      ['x', 'two\nlines\u001b[31m'],
    ],
  };

  test('aligned', () => {
    assert.is(alignedText(made), 'Path  Value\n日本  a|b\nx     two␊lines␛[31m\n');
  });

  test('as Markdown', () => {
    assert.is(
      markdownTable(made),
      `| Path | Value          |
| ---- | -------------- |
| 日本 | a\\|b           |
| x    | two␊lines␛[31m |
`,
    );
  });
});

import * as assert from 'uvu/assert';
import { lineAndColumn } from '../../../engine/core/index.ts';
import { suite, table } from '../../support/suite.ts';

suite('lineAndColumn() counts both from 1', (test) => {
  const file = { path: 'a', text: 'one\n🙂x\n\nlast' };
  table(
    test,
    [
      { name: 'the start', offset: 0, line: 1, column: 1 },
      { name: 'a line break belongs to its line', offset: 3, line: 1, column: 4 },
      { name: 'the start of a line', offset: 4, line: 2, column: 1 },
      { name: 'a character of two units is one column', offset: 6, line: 2, column: 2 },
      { name: 'an empty line', offset: 8, line: 3, column: 1 },
      { name: 'the end', offset: 13, line: 4, column: 5 },
    ],
    ({ offset, line, column }) => assert.equal(lineAndColumn(file, offset), { line, column }),
  );

  test('and refuses an offset outside of the text', () => {
    assert.throws(
      () => lineAndColumn(file, 14),
      (error: unknown) => error instanceof RangeError,
    );
    assert.throws(
      () => lineAndColumn(file, -1),
      (error: unknown) => error instanceof RangeError,
    );
  });
});

import * as assert from 'uvu/assert';
import { asDigest } from '../../../cache/index.ts';
import { contentDiff, textDiff, treeDiff } from '../../../engine/report/why/content-diff.ts';
import { suite } from '../../support/suite.ts';

const lines = (count: number): string => Array.from({ length: count }, (_, i) => `line ${i}\n`).join('');
const entry = (path: string, digit: string) => ({ path, digest: asDigest(digit.repeat(32)) });

suite('textDiff() shows what changed, with three lines around it', (test) => {
  test('one line of many', () => {
    assert.equal(textDiff(lines(20), lines(20).replace('line 10', 'line ten')), [
      '@@ -8,7 +8,7 @@',
      ' line 7',
      ' line 8',
      ' line 9',
      '-line 10',
      '+line ten',
      ' line 11',
      ' line 12',
      ' line 13',
    ]);
  });
  test('a long diff ends with a count', () => {
    const diff = textDiff('', lines(100));
    assert.is(diff.length, 41);
    assert.is(diff.at(-1), '... and 61 more lines');
  });
});

suite('contentDiff() counts where it cannot show', (test) => {
  test('rows and bytes of a large text', () => {
    const [before, after] = [Buffer.from(lines(30_000)), Buffer.from(lines(30_001))];
    assert.equal(contentDiff(before, after), [
      `30000 rows, ${before.length} bytes before, 30001 rows, ${after.length} bytes now`,
    ]);
  });
  test('bytes of what is no text', () => {
    assert.equal(contentDiff(Buffer.from([0, 1]), Buffer.from([0])), ['2 bytes before, 1 bytes now']);
  });
  test('nothing of what is no longer known', () => {
    assert.equal(contentDiff(undefined, Buffer.from('a')), []);
  });
});

suite('treeDiff() names the members that differ', (test) => {
  test('came, changed, went', () => {
    const before = [entry('a', '0'), entry('b', '0'), entry('c', '0')];
    const after = [entry('b', '1'), entry('c', '0'), entry('d', '0')];
    assert.equal(treeDiff(before, after), ['~ b', '+ d', '- a']);
  });
  test('ten of them, then a count', () => {
    const after = Array.from({ length: 12 }, (_, i) => entry(`m${i}`, '0'));
    assert.is(treeDiff([], after).at(-1), '... and 2 more files');
  });
});

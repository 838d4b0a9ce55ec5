import fc from 'fast-check';
import * as assert from 'uvu/assert';
import {
  binarizeLabels,
  countTags,
  fewestTagsCovering,
  inverseLabels,
} from '../../../stages/learn/labels/index.ts';
import { suite } from '../../support/suite.ts';
import { readDocuments, readGolden, withoutGolden } from '../golden.ts';

interface Golden {
  readonly classes: readonly string[];
  readonly rows: readonly (readonly number[])[];
  readonly classes_fixed: readonly string[];
  readonly rows_fixed: readonly (readonly number[])[];
}

const rowsOf = ({ indptr, indices, rows }: { indptr: Uint32Array; indices: Uint32Array; rows: number }) =>
  Array.from({ length: rows }, (_, i) => [...indices.subarray(indptr[i], indptr[i + 1])]);

suite('binarizeLabels() gives the rows of MultiLabelBinarizer', { skip: withoutGolden }, (test) => {
  const golden = readGolden('mlb') as Golden;
  const { tags } = readDocuments();
  test('all classes', () => {
    const { matrix, unknown } = binarizeLabels(golden.classes, tags);
    assert.equal(rowsOf(matrix), golden.rows);
    assert.is(unknown.size, 0);
  });
  test('given classes keep their order', () => {
    const { matrix } = binarizeLabels(golden.classes_fixed, tags);
    assert.equal(rowsOf(matrix), golden.rows_fixed);
  });
});

suite('binarizeLabels()', (test) => {
  test('remembers the tags that it does not know', () => {
    const { unknown } = binarizeLabels(['a'], [['a', 'z', '__proto__'], ['z']]);
    assert.equal(
      [...unknown],
      [
        ['__proto__', 1],
        ['z', 2],
      ],
    );
  });
  test('is undone by inverseLabels()', () => {
    const classes = ['a', 'b', 'c'];
    fc.assert(
      fc.property(fc.array(fc.subarray(classes)), (rows) => {
        assert.equal(inverseLabels(classes, binarizeLabels(classes, rows).matrix), rows);
      }),
    );
  });
});

suite('fewestTagsCovering()', (test) => {
  const counts = [
    { tag: 'a', support: 6 },
    { tag: 'b', support: 2 },
    { tag: 'c', support: 1 },
    { tag: 'd', support: 1 },
  ];
  const names = (share: number, minSupport: number): string =>
    fewestTagsCovering(counts, share, minSupport)
      .map(({ tag }) => tag)
      .join('');
  test('stops as soon as the share is reached', () => {
    assert.is(names(0.6, 1), 'a');
    assert.is(names(0.61, 1), 'ab');
    assert.is(names(0.9, 1), 'abc');
    assert.is(names(1, 1), 'abcd');
  });
  test('leaves out tags below the least support', () => {
    assert.is(names(1, 2), 'ab');
  });
  test('covers with no subset that is smaller', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e'))),
        fc.double({ min: 0.01, max: 1, noNaN: true }),
        (rows, share) => {
          const all = countTags(rows);
          const total = all.reduce((sum, { support }) => sum + support, 0);
          const chosen = fewestTagsCovering(all, share, 1);
          const covered = chosen.reduce((sum, { support }) => sum + support, 0);
          assert.ok(covered >= share * total);
          const largest = all
            .slice(0, Math.max(0, chosen.length - 1))
            .reduce((sum, { support }) => sum + support, 0);
          assert.ok(total === 0 || largest < share * total);
        },
      ),
    );
  });
  test('breaks ties by name', () => {
    assert.equal(
      countTags([
        ['b', 'a'],
        ['b', 'a'],
      ]).map(({ tag }) => tag),
      ['a', 'b'],
    );
  });
});

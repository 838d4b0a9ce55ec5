import fc from 'fast-check';
import * as assert from 'uvu/assert';
import { type LabelMatrix, stratifiedFolds } from '../../../stages/learn/labels/index.ts';
import { createRandom, randomInteger } from '../../../stages/learn/random/index.ts';
import { suite, table } from '../../support/suite.ts';
import { readGolden, withoutGolden } from '../golden.ts';

function matrixOf(rows: readonly (readonly number[])[], labels: number): LabelMatrix {
  const indptr = new Uint32Array(rows.length + 1);
  rows.forEach((row, i) => {
    indptr[i + 1] = indptr[i]! + row.length;
  });
  return { rows: rows.length, labels, indptr, indices: Uint32Array.from(rows.flat()) };
}

interface Golden {
  readonly Y: readonly (readonly number[])[];
  readonly n_labels: number;
  readonly folds3: readonly number[];
  readonly folds5: readonly number[];
}

suite('stratifiedFolds() gives the golden folds', { skip: withoutGolden }, (test) => {
  const golden = readGolden('iterstrat') as Golden;
  const Y = matrixOf(golden.Y, golden.n_labels);
  test('three', () => {
    assert.equal([...stratifiedFolds(Y, 3)], golden.folds3);
  });
  test('five', () => {
    assert.equal([...stratifiedFolds(Y, 5)], golden.folds5);
  });
});

const LABELS = 8;

/** Rows of labels that are rarer the higher they are, some rows with none. */
const someRows = fc
  .array(fc.uniqueArray(fc.nat(LABELS * LABELS - 1), { maxLength: 4 }), { minLength: 6, maxLength: 120 })
  .map((rows) =>
    rows.map((row) =>
      [...new Set(row.map((x) => LABELS - 1 - Math.floor(Math.sqrt(x))))].sort((a, b) => a - b),
    ),
  );

/** 200 rows of one to three labels, label `l` with a probability that falls as 1 / (1 + l). */
function taggedRows(seed: number): readonly (readonly number[])[] {
  const random = createRandom(`folds ${seed}`);
  const label = (): number => Math.floor((1 + LABELS) ** random()) - 1;
  return Array.from({ length: 200 }, () =>
    [...new Set(Array.from({ length: 1 + randomInteger(random, 3) }, label))].sort((a, b) => a - b),
  );
}

/** In each fold: rows, and rows of each label. */
function countFolds(rows: readonly (readonly number[])[], foldOf: Uint32Array, folds: number) {
  const sizes = new Array<number>(folds).fill(0);
  const ofLabel = Array.from({ length: LABELS }, () => new Array<number>(folds).fill(0));
  rows.forEach((row, i) => {
    sizes[foldOf[i]!]!++;
    for (const label of row) ofLabel[label]![foldOf[i]!]!++;
  });
  return { sizes, ofLabel };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

/** How far the fold that is furthest from even is from it, in rows. */
const deviation = (counts: readonly number[]): number =>
  Math.max(...counts.map((count) => Math.abs(count - sum(counts) / counts.length)));

const spread = (counts: readonly number[]): number => Math.max(...counts) - Math.min(...counts);

suite('stratifiedFolds()', (test) => {
  test('gives every row one of the folds, and leaves none of these empty', () => {
    fc.assert(
      fc.property(someRows, fc.integer({ min: 2, max: 6 }), (rows, folds) => {
        const foldOf = stratifiedFolds(matrixOf(rows, LABELS), folds);
        assert.is(foldOf.length, rows.length);
        assert.equal([...new Set(foldOf)].sort(), [...Array(folds).keys()]);
      }),
    );
  });
  test('shares the rarest label out to within one row', () => {
    fc.assert(
      fc.property(someRows, fc.integer({ min: 2, max: 6 }), (rows, folds) => {
        const { ofLabel } = countFolds(rows, stratifiedFolds(matrixOf(rows, LABELS), folds), folds);
        const supports = ofLabel.map(sum);
        const rarest = Math.min(...supports.filter((support) => support > 0));
        const first = supports.indexOf(rarest);
        if (first !== -1) assert.ok(spread(ofLabel[first]!) <= 1, JSON.stringify(ofLabel[first]));
      }),
    );
  });
  test('keeps 98 of 100 labels within one row of even, six times as near to it as rows dealt in turn', () => {
    const deviations: number[] = [];
    const inTurn: number[] = [];
    for (let seed = 0; seed < 200; seed++) {
      const rows = taggedRows(seed);
      const folds = 2 + (seed % 5);
      const foldOf = stratifiedFolds(matrixOf(rows, LABELS), folds);
      deviations.push(...countFolds(rows, foldOf, folds).ofLabel.map(deviation));
      inTurn.push(
        ...countFolds(
          rows,
          foldOf.map((_, row) => row % folds),
          folds,
        ).ofLabel.map(deviation),
      );
    }
    const near = deviations.filter((rows) => rows <= 1).length / deviations.length;
    assert.ok(near >= 0.98, String(near));
    assert.ok(6 * sum(deviations) <= sum(inTurn), `${sum(deviations)} and ${sum(inTurn)}`);
  });
  test('makes folds of equal size of rows without labels', () => {
    const { sizes } = countFolds(
      Array<number[]>(10).fill([]),
      stratifiedFolds(matrixOf(Array<number[]>(10).fill([]), 0), 4),
      4,
    );
    assert.equal(sizes, [3, 3, 2, 2]);
  });
  table(
    test,
    [
      { name: 'refuses one fold', folds: 1 },
      { name: 'refuses more folds than rows', folds: 4 },
      { name: 'refuses no number of folds', folds: Number.NaN },
    ],
    ({ folds }) => {
      assert.throws(
        () => stratifiedFolds(matrixOf([[0], [0], [0]], 1), folds),
        /Cannot make .* folds of 3 rows/,
      );
    },
  );
});

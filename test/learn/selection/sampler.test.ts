import * as assert from 'uvu/assert';
import { type Candidate, randomSampler, type Space } from '../../../stages/learn/selection/index.ts';
import { suite, table } from '../../support/suite.ts';
import { readGolden, withoutGolden } from '../golden.ts';
import { askScikitLearn, SPACE, withoutPython } from './problem.ts';

const draw = (space: Space, n: number, seed: number): readonly Candidate[] =>
  randomSampler(space, n, seed).suggest([]);

/** Equal, numbers to 1e-12 of their size: logarithms may differ in the last bit. */
function areClose(ours: readonly Candidate[], theirs: readonly Candidate[]): void {
  assert.is(ours.length, theirs.length);
  ours.forEach((candidate, i) => {
    assert.equal(Object.keys(candidate).sort(), Object.keys(theirs[i]!).sort());
    for (const [name, value] of Object.entries(candidate)) {
      const other = theirs[i]![name]!;
      const isClose =
        typeof value === 'number' && typeof other === 'number'
          ? Math.abs(value - other) <= 1e-12 * Math.abs(other)
          : value === other;
      assert.ok(isClose, `Candidate ${i}: ${name} is ${String(value)}, not ${String(other)}`);
    }
  });
}

const MIXED: Space = {
  C: { kind: 'loguniform', low: 1e-3, high: 1e2 },
  loss: { kind: 'choice', values: ['hinge', 'squared_hinge'] },
  alpha: { kind: 'uniform', low: 0, high: 1 },
  n: { kind: 'int', low: 1, high: 99 },
};

const LISTS: Space = {
  a: { kind: 'choice', values: [1, 2, 3] },
  b: { kind: 'choice', values: ['x', 'y'] },
  c: { kind: 'choice', values: [0.1, 1] },
};

suite('randomSampler() draws the golden candidates of ParameterSampler', { skip: withoutGolden }, (test) => {
  const golden = readGolden('rng_splits') as Readonly<Record<string, readonly Candidate[]>>;
  test('of numbers and lists', () => {
    areClose(draw(MIXED, 6, 0), rounded(golden['sampler_mixed_seed0']!));
  });
  test('of lists alone', () => {
    areClose(draw(LISTS, 5, 0), golden['sampler_lists_seed0']!);
  });
});

/** The golden file has 12 digits after the point. */
function rounded(golden: readonly Candidate[]): readonly Candidate[] {
  const ours = draw(MIXED, golden.length, 0);
  return golden.map((candidate, i) =>
    Object.fromEntries(
      Object.entries(candidate).map(([name, value]) => {
        const own = ours[i]![name];
        const isRounded =
          typeof own === 'number' && typeof value === 'number' && Math.abs(own - value) <= 5.1e-12 * own;
        return [name, isRounded ? own : value];
      }),
    ),
  );
}

/** `size` lists of ten. */
const grid = (size: number): Space =>
  Object.fromEntries(
    Array.from({ length: size }, (_, i) => [
      `x${i}`,
      { kind: 'choice', values: [...Array(10).keys()] } as const,
    ]),
  );

suite('randomSampler() draws what ParameterSampler draws', { skip: withoutPython }, (test) => {
  const rows = [
    { name: 'from numbers and lists', space: MIXED, n: 200, seed: 1 },
    { name: 'from the settings of a classifier', space: SPACE, n: 50, seed: 4_294_967_295 },
    {
      name: 'from a wide range of integers',
      space: { n: { kind: 'int', low: -5, high: 2 ** 31 } },
      n: 20,
      seed: 3,
    },
    {
      name: 'from one integer and a number',
      space: { ...MIXED, n: { kind: 'int', low: 7, high: 7 } },
      n: 9,
      seed: 3,
    },
    { name: 'half of a grid', space: grid(2), n: 50, seed: 5 },
    { name: 'few points of a large grid', space: grid(5), n: 30, seed: 6 },
    { name: 'all but one point of a grid', space: grid(3), n: 999, seed: 7 },
    { name: 'all of a grid', space: grid(2), n: 100, seed: 8 },
    { name: 'more than a grid has', space: LISTS, n: 50, seed: 9 },
  ] satisfies readonly { name: string; space: Space; n: number; seed: number }[];
  const theirs = askScikitLearn({ draws: rows }) as readonly (readonly Candidate[])[];
  table(
    test,
    rows.map((row, i) => ({ ...row, theirs: theirs[i]! })),
    (row) => {
      areClose(draw(row.space, row.n, row.seed), row.theirs);
    },
  );
});

suite('randomSampler()', (test) => {
  test('suggests everything at once, and nothing afterwards', () => {
    const sampler = randomSampler(LISTS, 50, 0);
    const batch = sampler.suggest([]);
    assert.is(sampler.candidates, 12);
    assert.is(new Set(batch.map((candidate) => JSON.stringify(candidate))).size, 12);
    const scores = { threshold: 0, metrics: {} as never, unconverged: 0, rungs: [], pruned: false };
    assert.equal(sampler.suggest(batch.map((candidate) => ({ candidate, scores }))), []);
  });
  test('begins with the same candidates whatever their number', () => {
    assert.equal(draw(MIXED, 20, 5).slice(0, 8), draw(MIXED, 8, 5));
  });
  table(
    test,
    [
      { name: 'no setting', space: {}, says: /there is no setting to search/ },
      {
        name: 'an empty list',
        space: { loss: { kind: 'choice', values: [] } },
        says: /^loss.choice is an empty list/,
      },
      {
        name: 'a range that falls',
        space: { C: { kind: 'uniform', low: 2, high: 1 } },
        says: /^C.uniform is \[2, 1\]: it must rise/,
      },
      {
        name: 'a range from 0',
        space: { C: { kind: 'loguniform', low: 0, high: 1 } },
        says: /it must begin above 0/,
      },
      {
        name: 'a range without end',
        space: { C: { kind: 'uniform', low: 0, high: Infinity } },
        says: /both ends must be finite/,
      },
      {
        name: 'an integer range of fractions',
        space: { n: { kind: 'int', low: 0.5, high: 2 } },
        says: /both ends must be integers/,
      },
      {
        name: 'an integer range that falls',
        space: { n: { kind: 'int', low: 3, high: 2 } },
        says: /it must not fall/,
      },
      {
        name: 'an integer range that is too wide',
        space: { n: { kind: 'int', low: 0, high: 2 ** 32 } },
        says: /more than 2\^32 integers/,
      },
    ] satisfies readonly { name: string; space: Space; says: RegExp }[],
    ({ space, says }) => {
      assert.throws(
        () => randomSampler(space, 3, 0),
        (error: unknown) => error instanceof RangeError && says.test(error.message),
      );
    },
  );
  test('refuses to draw nothing', () => {
    assert.throws(() => randomSampler(MIXED, 0, 0), /Cannot draw 0 candidates/);
  });
});

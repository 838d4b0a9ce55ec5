import * as assert from 'uvu/assert';
import { createRandomState } from '../../../stages/learn/random/index.ts';
import { suite, table } from '../../support/suite.ts';
import { largestDifference, readGolden, withoutGolden } from '../golden.ts';

const draw = (times: number, next: () => number): readonly number[] => Array.from({ length: times }, next);

suite('createRandomState() draws what RandomState draws', { skip: withoutGolden }, (test) => {
  const golden = readGolden('rng_splits') as Readonly<Record<string, readonly number[]>>;
  table(
    test,
    [
      { name: 'randint(10)', key: 'randint_10_seed0_x8', seed: 0, below: 10 },
      { name: 'randint(1000)', key: 'randint_1000_seed7_x4', seed: 7, below: 1000 },
      { name: 'randint(2 ** 32)', key: 'uint32_seed123_x5', seed: 123, below: 2 ** 32 },
    ],
    ({ key, seed, below }) => {
      const { integer } = createRandomState(seed);
      assert.equal(
        draw(golden[key]!.length, () => integer(below)),
        golden[key],
      );
    },
  );
  test('permutation(20)', () => {
    const { permutation } = createRandomState(42);
    assert.equal([...permutation(20)], golden['permutation_20_seed42']);
  });
  test('random_sample()', () => {
    const { sample } = createRandomState(0);
    assert.ok(largestDifference(draw(5, sample), golden['random_sample_5_seed0']!) < 1e-12);
  });
});

suite('createRandomState()', (test) => {
  test('gives the 10,000th number that the authors give for seed 5489', () => {
    const { integer } = createRandomState(5489);
    const numbers = draw(10_000, () => integer(2 ** 32));
    assert.is(numbers.at(-1), 4_123_659_995);
  });
  test('draws nothing where there is nothing to choose', () => {
    const { integer, sample } = createRandomState(3);
    integer(1);
    assert.is(sample(), createRandomState(3).sample());
  });
  table(
    test,
    [-1, 0.5, 2 ** 32, Number.NaN].map((seed) => ({ name: `refuses the seed ${seed}`, seed })),
    ({ seed }) => {
      assert.throws(() => createRandomState(seed), /is not an integer from 0 to/);
    },
  );
  table(
    test,
    [0, -3, 1.5, 2 ** 32 + 1].map((below) => ({ name: `refuses an integer below ${below}`, below })),
    ({ below }) => {
      assert.throws(() => createRandomState(0).integer(below), /Cannot draw an integer below/);
    },
  );
});

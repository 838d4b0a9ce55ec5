import fc from 'fast-check';
import * as assert from 'uvu/assert';
import { seededRandom } from '../../../engine/stage/seeded-random.ts';
import { suite } from '../../support/suite.ts';

suite('seededRandom()', (test) => {
  test('gives the numbers that it gave when it was written: a stage that uses them must not change', () => {
    const first = (seed: string): readonly number[] => {
      const random = seededRandom(seed);
      return [random(), random(), random()].map((value) => value * 2 ** 32);
    };
    assert.equal(first('train@fr'), [495090381, 4135280482, 825644327]);
  });

  test('depends on the seed alone', () => {
    fc.assert(
      fc.property(fc.string(), (seed) => {
        const [one, other] = [seededRandom(seed), seededRandom(seed)];
        for (let i = 0; i < 5; i++) assert.is(one(), other());
      }),
    );
    const firsts = Array.from({ length: 1000 }, (_, i) => seededRandom(`stage@${i}`)());
    assert.is(new Set(firsts).size, 1000);
  });

  test('is uniform over [0, 1), for the first number of many stages as for many of one', () => {
    const random = seededRandom('x');
    for (const numbers of [
      Array.from({ length: 10_000 }, () => random()),
      Array.from({ length: 10_000 }, (_, i) => seededRandom(`stage@${i}`)()),
    ]) {
      const counts = new Array<number>(10).fill(0);
      for (const number of numbers) counts[Math.floor(number * 10)]! += 1;
      // Chi-squared with 9 degrees of freedom; 40 is beyond the 99.999th percentile.
      const chiSquared = counts.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
      assert.ok(chiSquared < 40, String(counts));
    }
  });
});

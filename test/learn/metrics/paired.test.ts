import fc from 'fast-check';
import * as assert from 'uvu/assert';
import {
  type Counts,
  differenceOf,
  microF1Estimate,
  pairedMicroF1Difference,
} from '../../../stages/learn/metrics/index.ts';
import { createRandom, randomInteger } from '../../../stages/learn/random/index.ts';
import { suite } from '../../support/suite.ts';

const counts = (rows: readonly (readonly number[])[]): readonly Counts[] =>
  rows.map(([tp, fp, fn]) => ({ truePositives: tp!, falsePositives: fp!, falseNegatives: fn! }));

const closeTo = (is: number, wanted: number, within: number): void => {
  assert.ok(Math.abs(is - wanted) <= within, `${is} is not ${wanted}`);
};

suite('pairedMicroF1Difference() compares question by question', (test) => {
  test('with the numbers that numpy has', () => {
    // d = z(b) - z(a), z = (2 tp - F D) / D.mean(); d.std(ddof=1) / sqrt(n).
    const a = counts([
      [2, 2, 2],
      [1, 0, 0],
      [2, 1, 2],
      [2, 2, 1],
      [1, 0, 1],
      [2, 2, 1],
      [2, 0, 1],
      [0, 1, 1],
      [0, 2, 1],
      [0, 0, 2],
      [0, 1, 2],
      [2, 0, 2],
    ]);
    const b = counts([
      [2, 0, 0],
      [2, 0, 0],
      [1, 0, 0],
      [3, 1, 0],
      [1, 1, 1],
      [0, 0, 0],
      [3, 1, 0],
      [0, 1, 0],
      [3, 1, 1],
      [2, 1, 1],
      [0, 0, 1],
      [0, 1, 0],
    ]);
    const { from, to, value, standardError } = pairedMicroF1Difference(a, b)!;
    closeTo(from, 0.509090909090909, 1e-12);
    closeTo(to, 0.7555555555555555, 1e-12);
    closeTo(value, 0.2464646464646465, 1e-12);
    closeTo(standardError, 0.06449710059510931, 1e-12);
  });

  const drawn = (n: number): readonly Counts[][] => {
    const random = createRandom('paired');
    const a: Counts[] = [];
    const b: Counts[] = [];
    for (let i = 0; i < n; i++) {
      // A question is as hard for both.
      const tags = 1 + randomInteger(random, 4);
      const hard = random();
      for (const side of [a, b]) {
        let truePositives = 0;
        for (let tag = 0; tag < tags; tag++) if (random() > hard * (side === a ? 1 : 0.9)) truePositives++;
        side.push({
          truePositives,
          falsePositives: randomInteger(random, 2),
          falseNegatives: tags - truePositives,
        });
      }
    }
    return [a, b];
  };

  test('with the standard error of a bootstrap over questions, smaller than that of two samples', () => {
    const [a, b] = drawn(400);
    const found = pairedMicroF1Difference(a!, b!)!;
    const random = createRandom('bootstrap');
    const f1 = (side: readonly Counts[]): number => microF1Estimate(side)!.value;
    const values = Array.from({ length: 600 }, () => {
      const rows = Array.from({ length: a!.length }, () => randomInteger(random, a!.length));
      return f1(rows.map((i) => b![i]!)) - f1(rows.map((i) => a![i]!));
    });
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const sd = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
    closeTo(found.standardError / sd, 1, 0.1);
    const independent = differenceOf(microF1Estimate(a!)!, microF1Estimate(b!)!);
    closeTo(found.value, independent.value, 1e-12);
    assert.ok(found.standardError < 0.9 * independent.standardError);
  });

  const cell = fc.integer({ min: 0, max: 4 });
  const question = fc.tuple(cell, cell, cell);
  test('the other way round it is the negative; a tagger does not differ from itself', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(question, question), { minLength: 2, maxLength: 30 }), (rows) => {
        const [a, b] = [counts(rows.map(([row]) => row)), counts(rows.map(([, row]) => row))];
        const there = pairedMicroF1Difference(a, b);
        const back = pairedMicroF1Difference(b, a);
        assert.is(there === undefined, back === undefined);
        if (there !== undefined && back !== undefined) {
          closeTo(there.value, -back.value, 1e-12);
          closeTo(there.standardError, back.standardError, 1e-12);
          closeTo(there.low, -back.high, 1e-12);
        }
        const same = pairedMicroF1Difference(a, a);
        if (same !== undefined) assert.equal([same.value, same.standardError], [0, 0]);
      }),
    );
  });

  test('too little is no difference, other questions an error', () => {
    const one = counts([[1, 0, 0]]);
    assert.is(pairedMicroF1Difference(one, one), undefined);
    const empty = counts([
      [0, 0, 0],
      [0, 0, 0],
    ]);
    assert.is(
      pairedMicroF1Difference(
        empty,
        counts([
          [1, 0, 0],
          [1, 0, 0],
        ]),
      ),
      undefined,
    );
    assert.throws(() => pairedMicroF1Difference(one, empty), RangeError);
  });
});

import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import * as assert from 'uvu/assert';
import {
  andersonDarlingPValue,
  chiSquareTail,
  cramerVonMisesPValue,
  fisherExact,
  kolmogorovSmirnovPValue,
  logGamma,
  mannWhitneyLessPValue,
  oneSampleTail,
  sameMeanPValue,
  studentTails,
} from '../../../stages/learn/distributions/index.ts';
import { suite, table, unless } from '../../support/suite.ts';

const GOLDEN = resolve('..', 'shared', 'mlops', 'golden_metrics.json');
const skip = unless(existsSync(GOLDEN), 'no golden values beside the project');

const isNear = (a: number, b: number, relative: number): void =>
  assert.ok(Math.abs(a - b) <= relative * Math.abs(b), `${String(a)} is not ${String(b)}`);

suite('distributions have the values of scipy 1.17.1', (test) => {
  table(
    test,
    [
      { name: '0.1', x: 0.1, value: 2.252712651734206 },
      { name: '3', x: 3, value: Math.LN2 },
      { name: '10.5', x: 10.5, value: 13.940625219403763 },
      { name: '5281', x: 5281, value: 39983.68246398201 },
    ],
    ({ x, value }) => isNear(logGamma(x), value, 1e-13),
  );
  table(
    test,
    [
      { name: 'chi-square 14.55 of 4', x: 14.550097949588611, degrees: 4, value: 0.005731350222184473 },
      { name: 'chi-square 1 of 30', x: 1, degrees: 30, value: 1 },
      { name: 'chi-square 50 of 1', x: 50, degrees: 1, value: 1.537459794428033e-12 },
      { name: 'chi-square 900 of 17', x: 900, degrees: 17, value: 2.121610230516045e-180 },
      { name: 'chi-square 200 of 200', x: 200, degrees: 200, value: 0.48670120172085135 },
    ],
    ({ x, degrees, value }) => isNear(chiSquareTail(x, degrees), value, 1e-10),
  );
  test('chi-square 0', () => assert.is(chiSquareTail(0, 3), 1));
});

const X = Float64Array.from({ length: 50 }, (_, i) => i / 10);
const Y = Float64Array.from({ length: 31 }, (_, i) => i / 9 + 0.3);
const FEW = Float64Array.of(1, 2, 3, 4, 5, 6, 7);
const OTHERS = Float64Array.of(1.5, 2.5, 3.5, 8.5, 9.5);

suite('tests of two samples have the p-values of scipy 1.17.1', (test) => {
  table(
    test,
    [
      { name: 'Kolmogorov-Smirnov', is: kolmogorovSmirnovPValue(X, Y), value: 0.12054677355819232 },
      { name: 'Cramér-von Mises', is: cramerVonMisesPValue(X, Y), value: 0.10832044337123614 },
      { name: 'Cramér-von Mises, exact', is: cramerVonMisesPValue(FEW, OTHERS), value: 0.7626262626262627 },
      { name: 'Mann-Whitney', is: mannWhitneyLessPValue(X, Y), value: 0.9268431736291278 },
      { name: 'Mann-Whitney, exact', is: mannWhitneyLessPValue(FEW, OTHERS), value: 0.37752525252525254 },
      { name: 'Anderson-Darling', is: andersonDarlingPValue(X, Y), value: 0.07166550388643061 },
      { name: 'Student', is: sameMeanPValue(X, Y), value: 0.10944512073556416 },
      { name: 't = 2.1 of 7', is: studentTails(2.1, 7), value: 0.07387119621292265 },
      { name: 't = 0.3 of 100', is: studentTails(0.3, 100), value: 0.7647998803003035 },
      { name: 't = 12 of 30', is: studentTails(12, 30), value: 5.580185415199261e-13 },
      { name: 'Kolmogorov 0.03 of 150', is: oneSampleTail(0.03, 150), value: 0.9987216606128891 },
      { name: 'Kolmogorov 0.05 of 215', is: oneSampleTail(0.05, 215), value: 0.6369918000037296 },
      { name: 'Kolmogorov 0.1 of 215', is: oneSampleTail(0.1, 215), value: 0.02525266744165644 },
      { name: 'Kolmogorov 0.02 of 5000', is: oneSampleTail(0.02, 5000), value: 0.03613941395325637 },
      { name: 'Kolmogorov 0.2 of 300', is: oneSampleTail(0.2, 300), value: 5.4021531300969695e-11 },
      { name: 'Kolmogorov 0.02 of 20000', is: oneSampleTail(0.02, 20_000), value: 2.2181270070049744e-7 },
    ],
    // Between its exact ways scipy takes Kolmogorov's distribution from an expansion.
    ({ name, is, value }) => isNear(is, value, name.startsWith('Kolmogorov 0') ? 2e-5 : 1e-8),
  );
  test('Kolmogorov 0.008 of 20000, by the limit', () =>
    isNear(oneSampleTail(0.008, 20_000), 0.15371596723031855, 0.01));
});

suite("Fisher's exact test has scipy's golden values", { skip }, (test) => {
  const golden = JSON.parse(readFileSync(GOLDEN, 'utf8')) as {
    readonly two_by_two: readonly {
      readonly table: readonly [readonly [number, number], readonly [number, number]];
      readonly fisher_two_sided_p: number;
    }[];
  };
  table(
    test,
    golden.two_by_two.map((row) => ({ name: JSON.stringify(row.table), ...row })),
    ({ table: [[a, b], [c, d]], fisher_two_sided_p }) =>
      isNear(fisherExact(a, a + b, c, c + d), fisher_two_sided_p, 1e-13),
  );
});

suite("Fisher's exact test holds at the ends", (test) => {
  table(
    test,
    [
      { name: 'nothing anywhere', table: [0, 5, 0, 7], value: 1 },
      { name: 'everything everywhere', table: [5, 5, 7, 7], value: 1 },
      { name: 'no questions on one side', table: [0, 0, 3, 7], value: 1 },
      { name: 'a new tag', table: [0, 5280, 22, 220], value: 6.193683198780374e-32 },
      { name: 'as different as can be', table: [0, 4000, 4000, 4000], value: 0 },
    ],
    ({ table: [a, b, c, d], value }) => {
      const p = fisherExact(a!, b!, c!, d!);
      if (value === 0) assert.is(p, 0);
      else isNear(p, value, 1e-12);
      isNear(fisherExact(c!, d!, a!, b!), value, 1e-12);
    },
  );
});

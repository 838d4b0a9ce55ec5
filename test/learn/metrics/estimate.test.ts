import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import * as assert from 'uvu/assert';
import {
  adjustForMany,
  type Counts,
  differenceOf,
  f1Estimate,
  microF1Estimate,
  normalEstimate,
  normalTails,
  sameF1PValue,
  wilsonInterval,
} from '../../../stages/learn/metrics/index.ts';
import { suite, table, unless } from '../../support/suite.ts';
import { largestDifference } from '../golden.ts';

const GOLDEN = resolve('..', 'shared', 'mlops', 'golden_metrics.json');
const skip = unless(existsSync(GOLDEN), 'no golden values beside the project');

interface Golden {
  readonly micro_f1_uncertainty: {
    readonly tp: readonly number[];
    readonly fp: readonly number[];
    readonly fn: readonly number[];
    readonly f1: number;
    readonly se_ratio_linearised: number;
    readonly ci95_normal: readonly [number, number];
    readonly se_jackknife?: number;
  };
  readonly binomial_ci: readonly {
    readonly k: number;
    readonly n: number;
    readonly wilson: readonly number[];
  }[];
  readonly two_by_two: readonly {
    readonly table: readonly [readonly [number, number], readonly [number, number]];
    readonly z_p: number;
  }[];
  readonly false_discovery: { readonly p: readonly number[]; readonly bh: readonly number[] };
}

const countsOf = (truePositives: number, falsePositives: number, falseNegatives: number): Counts => ({
  truePositives,
  falsePositives,
  falseNegatives,
});

suite('estimates are those of scipy and scikit-learn', { skip }, (test) => {
  const golden = JSON.parse(readFileSync(GOLDEN, 'utf8')) as Golden;
  test('micro F1 by question', () => {
    const { tp, fp, fn, f1, se_ratio_linearised, ci95_normal } = golden.micro_f1_uncertainty;
    const { value, standardError, low, high } = microF1Estimate(
      tp.map((hits, i) => countsOf(hits, fp[i]!, fn[i]!)),
    )!;
    assert.ok(
      largestDifference([value, standardError, low, high], [f1, se_ratio_linearised, ...ci95_normal]) < 1e-12,
      JSON.stringify({ value, standardError, low, high }),
    );
  });
  test("Wilson's interval", () => {
    for (const { k, n, wilson } of golden.binomial_ci) {
      assert.ok(largestDifference(wilsonInterval(k, n), wilson) < 1e-12, `${k} of ${n}`);
    }
  });
  test('two shares', () => {
    for (const { table: cells, z_p } of golden.two_by_two) {
      const [[a, b], [c, d]] = cells;
      assert.ok(Math.abs(sameF1PValue(countsOf(a, b, 0), countsOf(c, 0, d)) / z_p - 1) < 1e-12);
    }
  });
  test('many tests at once', () => {
    const { p, bh } = golden.false_discovery;
    assert.ok(largestDifference(adjustForMany(p), bh) < 1e-14);
    const reversed = adjustForMany([...p].reverse());
    assert.ok(largestDifference([...reversed].reverse(), bh) < 1e-14, 'in any order');
  });
});

suite('normalTails() has the tails of scipy 1.17.1, 2 * norm.sf(z)', (test) => {
  table(
    test,
    [
      { name: '0', z: 0, p: 1 },
      { name: '1e-9', z: 1e-9, p: 0.9999999992021155 },
      { name: '1', z: 1, p: 0.31731050786291415 },
      { name: '-1.96', z: -1.96, p: 0.04999579029644087 },
      { name: '2.5, where the series ends', z: 2.5, p: 0.012419330651552265 },
      { name: '5', z: 5, p: 5.733031437583866e-7 },
      { name: '12', z: 12, p: 3.552964224155306e-33 },
      { name: '29', z: 29, p: 6.579570533408013e-185 },
    ],
    ({ z, p }) => {
      assert.ok(Math.abs(normalTails(z) / p - 1) < 1e-12, `${normalTails(z)} is not ${p}`);
    },
  );
  test('and none beyond what a number holds', () => {
    assert.is(normalTails(Infinity), 0);
    assert.is(normalTails(60), 0);
    assert.ok(Number.isNaN(normalTails(NaN)));
  });
});

const count = fc.integer({ min: 0, max: 400 });
const counts = fc.tuple(count, count, count).map(([a, b, c]) => countsOf(a, b, c));
const tagCounts = counts.filter((c) => c.truePositives + c.falsePositives + c.falseNegatives > 0);

suite('estimates hold together', (test) => {
  test("a tag's standard error is that of the linearisation by question", () => {
    fc.assert(
      fc.property(tagCounts, (tag) => {
        const { truePositives: tp, falsePositives: fp, falseNegatives: fn } = tag;
        const questions = [
          ...Array.from({ length: tp }, () => countsOf(1, 0, 0)),
          ...Array.from({ length: fp }, () => countsOf(0, 1, 0)),
          ...Array.from({ length: fn }, () => countsOf(0, 0, 1)),
          countsOf(0, 0, 0),
        ];
        const n = questions.length;
        const byQuestion = microF1Estimate(questions)!;
        const { value, standardError } = f1Estimate(tag)!;
        assert.ok(Math.abs(value - byQuestion.value) < 1e-12);
        assert.ok(Math.abs(standardError * Math.sqrt(n / (n - 1)) - byQuestion.standardError) < 1e-12);
      }),
    );
  });
  test('an interval lies in [0, 1], holds its value, and has a width', () => {
    fc.assert(
      fc.property(tagCounts, (tag) => {
        const { value, low, high } = f1Estimate(tag)!;
        assert.ok(0 <= low && low <= value && value <= high && high <= 1 && low < high);
      }),
    );
  });
  test('a difference the other way round is the same, with its sign changed', () => {
    fc.assert(
      fc.property(tagCounts, tagCounts, (a, b) => {
        const [there, back] = [
          differenceOf(f1Estimate(a)!, f1Estimate(b)!),
          differenceOf(f1Estimate(b)!, f1Estimate(a)!),
        ];
        assert.ok(Math.abs(there.value + back.value) < 1e-15);
        assert.ok(Math.abs(there.low + back.high) < 1e-15);
        assert.ok(Math.abs(sameF1PValue(a, b) - sameF1PValue(b, a)) < 1e-12);
      }),
    );
  });
  test('two normal intervals differ by a normal interval', () => {
    const { value, standardError, low, high } = differenceOf(
      normalEstimate(0.5, 0.03),
      normalEstimate(0.4, 0.04),
    );
    assert.ok(
      largestDifference([value, standardError, low, high], [-0.1, 0.05, -0.1 - 0.098, -0.1 + 0.098]) < 1e-5,
    );
  });
  test('adjusted p-values keep their order and never fall below', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true })), (p) => {
        const q = adjustForMany(p);
        assert.ok(q.every((value, i) => value >= p[i]! * (1 - 1e-12) && value <= 1));
        for (const [i, a] of p.entries()) {
          for (const [j, b] of p.entries()) if (a < b) assert.ok(q[i]! <= q[j]!);
        }
      }),
    );
  });
});

suite('there is no estimate', (test) => {
  test('of one question, nor where nothing is true or predicted', () => {
    assert.is(microF1Estimate([countsOf(1, 1, 0)]), undefined);
    assert.is(microF1Estimate([countsOf(0, 0, 0), countsOf(0, 0, 0)]), undefined);
    assert.is(f1Estimate(countsOf(0, 0, 0)), undefined);
  });
  test('of a difference that could show: it is no surprise', () => {
    assert.is(sameF1PValue(countsOf(0, 0, 0), countsOf(1, 2, 3)), 1);
    assert.is(sameF1PValue(countsOf(3, 0, 0), countsOf(9, 0, 0)), 1);
    assert.is(sameF1PValue(countsOf(0, 3, 0), countsOf(0, 0, 9)), 1);
  });
});

import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import * as assert from 'uvu/assert';
import {
  type Column,
  defaultMethod,
  type MethodName,
  methodNamed,
  scoreDrift,
  scoreTextDrift,
} from '../../../stages/learn/evidently/index.ts';
import { suite, table, unless } from '../../support/suite.ts';

const GOLDEN = resolve('..', 'shared', 'mlops', 'golden_drift.json');
const skip = unless(existsSync(GOLDEN), 'no golden values beside the project');

interface Result {
  readonly score: number;
  readonly drift: boolean;
  readonly threshold: number;
  readonly display_name?: string;
  readonly error?: string;
}

type Value = string | number | boolean;

interface Case {
  readonly id: string;
  readonly reference: readonly Value[] | { readonly rle: readonly (readonly [Value, number])[] };
  readonly current: Case['reference'];
  readonly default_method: MethodName;
  readonly default_result: Result;
  readonly methods: Readonly<Record<MethodName, Result | { readonly error: string }>>;
}

interface TextCase {
  readonly id: string;
  readonly reference: readonly string[];
  readonly current: readonly string[];
  readonly default_method: string;
  readonly auc: number;
  readonly perc_drift: boolean;
  readonly abs_drift: boolean;
  readonly n_test: number;
  readonly n_test_pos: number;
  readonly random_auc_95th_percentile: number;
}

const FLOATS: Readonly<Record<string, number>> = { NaN, Infinity, '-Infinity': -Infinity };

const golden = (): {
  readonly numeric: readonly Case[];
  readonly categorical: readonly Case[];
  readonly text: readonly TextCase[];
} =>
  JSON.parse(readFileSync(GOLDEN, 'utf8'), (_key, value: unknown) =>
    typeof value === 'string' && Object.hasOwn(FLOATS, value) ? FLOATS[value] : value,
  ) as ReturnType<typeof golden>;

const valuesOf = (values: Case['reference']): readonly Value[] =>
  'rle' in values ? values.rle.flatMap(([value, count]) => Array<Value>(count).fill(value)) : values;

const columnOf = (kind: Column['kind'], values: Case['reference'], isInteger: boolean): Column =>
  kind === 'num'
    ? { kind, values: Float64Array.from(valuesOf(values), Number), isInteger }
    : { kind, values: valuesOf(values).map(String) };

const isClose = (a: number, b: number): boolean =>
  (Number.isNaN(a) && Number.isNaN(b)) || a === b || Math.abs(a - b) <= 1e-9;

for (const [kind, name] of [
  ['num', 'numeric'],
  ['cat', 'categorical'],
] as const) {
  suite(`${name} columns have Evidently's scores and decisions`, { skip }, (test) => {
    table(
      test,
      golden()[name].map((row) => ({ name: row.id, row })),
      ({ row }) => {
        // JSON does not tell 1.0 from 1.
        const isInteger =
          row.id !== 'num_tiny_1v1' &&
          [...valuesOf(row.reference), ...valuesOf(row.current)].every(Number.isInteger);
        const [reference, current] = [row.reference, row.current].map((values) =>
          columnOf(kind, values, isInteger),
        ) as [Column, Column];
        for (const [method, wanted] of Object.entries(row.methods) as [MethodName, Result][]) {
          if (wanted.error !== undefined) {
            // What fails in Evidently for a matter of its own (a number type) may have a value here.
            if (method === 'g_test')
              assert.throws(() => scoreDrift(method, reference, current), /differ in length/);
            continue;
          }
          const { score, drift, threshold } = scoreDrift(method, reference, current);
          // Evidently counts the orders of a small sample in numbers of 16 or 32 bits.
          const isCoarse =
            method === 'cramer_von_mises' && Math.max(reference.values.length, current.values.length) <= 20;
          assert.ok(
            isCoarse ? Math.abs(score - wanted.score) < 1e-3 : isClose(score, wanted.score),
            `${method}: ${score}, not ${wanted.score}`,
          );
          assert.equal({ drift, threshold }, { drift: wanted.drift, threshold: wanted.threshold }, method);
          assert.is(methodNamed(method).displayName, wanted.display_name);
        }
        assert.is(defaultMethod(reference, current), row.default_method);
        const { score, drift } = scoreDrift(row.default_method, reference, current);
        assert.ok(isClose(score, row.default_result.score));
        assert.is(drift, row.default_result.drift);
      },
    );
  });
}

suite("texts have Evidently's decision, and nearly its AUC", { skip }, (test) => {
  table(
    test,
    golden().text.map((row) => ({ name: row.id, row })),
    ({ row }) => {
      const drift = scoreTextDrift(row.reference, row.current);
      assert.is(drift.method, row.default_method);
      assert.ok(Math.abs(drift.auc - row.auc) <= 1e-9, `${drift.auc}, not ${row.auc}`);
      assert.is(drift.drift, row.perc_drift);
      assert.is(drift.auc > 0.55, row.abs_drift);
      assert.equal(drift.judged, { texts: row.n_test, current: row.n_test_pos });
      assert.ok(isClose(drift.cut, row.random_auc_95th_percentile), String(drift.cut));
    },
  );
});

suite('methods that the golden values leave out have the scores of Evidently 0.7.23', (test) => {
  const column = (...counts: readonly number[]): Column => ({
    kind: 'cat',
    values: counts.flatMap((count, i) => Array<string>(count).fill('abc'[i]!)),
  });
  test('total variation, by its own 1000 permutations', () => {
    const { score, drift } = scoreDrift('TVD', column(30, 12, 8), column(20, 12, 14));
    assert.equal({ score, drift }, { score: 0.197, drift: false });
  });
  test("Fisher's, of two values and columns of one length", () => {
    const { score, drift } = scoreDrift('fisher_exact', column(30, 12), column(20, 22));
    assert.ok(isClose(score, 0.04470669478134934), String(score));
    assert.ok(drift);
  });
  /** `count` numbers strewn over `width` from `from` on. */
  const strewn = (count: number, from: number, width: number): readonly number[] =>
    Array.from({ length: count }, (_, i) => from + (width * ((i * 7919) % count)) / count);
  const numbers = (values: readonly number[]): Column => ({ kind: 'num', values: Float64Array.from(values) });
  const times = (count: number, values: readonly number[]): readonly number[] =>
    Array.from({ length: count * values.length }, (_, i) => values[i % values.length]!);
  const powers = (factor: number): readonly number[] =>
    Array.from({ length: factor === 1 ? 150 : 120 }, (_, i) => (i ** 3 % 1009) * factor);
  /** Epps and Singleton's, and the maximum mean discrepancy with numpy's seed 0. */
  const rows: readonly (readonly [string, readonly number[], readonly number[], number, number])[] = [
    ['alike', strewn(60, 0, 1), strewn(40, 0.01, 1), 0.9998850471638834, 1],
    ['apart', strewn(60, 0, 1), strewn(40, 0.4, 1), 9.027526528204852e-10, 0],
    ['of few values', strewn(12, 0, 1), strewn(9, 0.3, 1.5), 0.15594435613344274, 0.11],
    ['of three different ones', times(20, [0, 1, 2]), times(10, [0, 1, 1, 2]), 0.24774659805977572, 0.39],
    ['of odd numbers of values', strewn(61, 0, 1), strewn(41, 0.05, 1.1), 0.2189933786101156, 0.51],
    ['of another scale', powers(1), powers(1.2), 0.0014825387114008022, 0.03],
  ];
  for (const [name, was, is, eppsSingleton, discrepancy] of rows) {
    test(`Epps and Singleton's, and the mean discrepancy of numbers that are ${name}`, () => {
      const es = scoreDrift('es', numbers(was), numbers(is));
      assert.ok(Math.abs(es.score - eppsSingleton) < 1e-12, `${es.score}, not ${eppsSingleton}`);
      assert.is(es.drift, eppsSingleton < 0.05);
      const mmd = scoreDrift('empirical_mmd', numbers(was), numbers(is));
      // Divisions that are equally far apart differ by rounding, in numpy too.
      const ties = new Set(was).size < 10 ? 0.02 : 1e-12;
      assert.ok(Math.abs(mmd.score - discrepancy) < ties, `${mmd.score}, not ${discrepancy}`);
      assert.is(mmd.drift, discrepancy < 0.1);
    });
  }
  test('numbers of which half are equal have no scale for Epps and Singleton', () => {
    const flat = numbers(times(3, [1, 1, 1, 1, 2]));
    assert.throws(() => scoreDrift('es', flat, flat), /interquartile range .* is 0/);
  });
  test('a method that is not for the column is refused', () =>
    assert.throws(() => scoreDrift('ks', column(3, 4), column(5, 6)), /for numbers/));
});

import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import * as assert from 'uvu/assert';
import {
  cusumChart,
  cusumPValue,
  detectByAdwin,
  detectByDdm,
  ewmaChart,
  expectedF1,
} from '../../../stages/learn/drift/index.ts';
import { createRandom } from '../../../stages/learn/random/index.ts';
import { suite, unless } from '../../support/suite.ts';
import { largestDifference } from '../golden.ts';

const DIRECTORY = resolve('..', 'shared', 'mlops');
const skip = unless(existsSync(DIRECTORY), 'no golden values beside the project');
const golden = (name: string): unknown =>
  JSON.parse(readFileSync(resolve(DIRECTORY, `${name}.json`), 'utf8'));

interface Charts {
  readonly control_charts: {
    readonly series: readonly number[];
    readonly target: number;
    readonly sd: number;
    readonly cusum_lower: { readonly S: readonly number[]; readonly first_alarm_index: number };
    readonly ewma: { readonly z_lcl_ucl: readonly (readonly number[])[]; readonly first_alarm_index: number };
  };
  readonly cbpe_f1: {
    readonly p_calibrated: readonly number[];
    readonly y_pred: readonly number[];
    readonly TP: number;
    readonly FP: number;
    readonly FN: number;
    readonly f1: number;
  };
}

interface Streams {
  readonly error_stream: readonly number[];
  readonly detectors: Readonly<
    Record<
      string,
      { readonly drift_at: readonly number[]; readonly first_warning: number; readonly n_warnings: number }
    >
  >;
}

suite('control charts have the golden values', { skip }, (test) => {
  const { control_charts: row } = golden('golden_metrics') as Charts;
  const points = row.series.map((value) => ({ value, standardError: row.sd }));
  test('CUSUM', () => {
    const { sums, alarm } = cusumChart(points, row.target);
    assert.ok(largestDifference(sums, row.cusum_lower.S) < 1e-12);
    assert.is(alarm, row.cusum_lower.first_alarm_index);
  });
  test('EWMA', () => {
    const chart = ewmaChart(points, row.target);
    const values = chart.points.flatMap(({ mean, low, high }) => [mean, low, high]);
    assert.ok(largestDifference(values, row.ewma.z_lcl_ucl.flat()) < 1e-12);
    assert.is(chart.alarm, row.ewma.first_alarm_index);
  });
});

suite('alarms of streams are those of river', { skip }, (test) => {
  const { error_stream: stream, detectors } = golden('golden_stream_drift') as Streams;
  test('DDM', () => {
    const { drifts, warnings } = detectByDdm(stream);
    assert.equal(drifts, detectors['ddm']!.drift_at);
    assert.is(warnings[0], detectors['ddm']!.first_warning);
    assert.is(warnings.length, detectors['ddm']!.n_warnings);
  });
  test('ADWIN', () => assert.equal(detectByAdwin(stream), detectors['adwin']!.drift_at));
  test('ADWIN that looks at every event', () =>
    assert.equal(detectByAdwin(stream, 0.002, 1), detectors['adwin_clock1']!.drift_at));
});

suite('expected F1', { skip }, (test) => {
  test('is that of NannyML', () => {
    const { p_calibrated, y_pred, TP, FP, FN, f1 } = (golden('golden_metrics') as Charts).cbpe_f1;
    const indices = Uint32Array.from(y_pred.flatMap((value, i) => (value === 1 ? [i] : [])));
    const predicted = { rows: 1, labels: y_pred.length, indptr: Uint32Array.of(0, indices.length), indices };
    const is = expectedF1(p_calibrated, predicted);
    assert.ok(
      largestDifference([is.truePositives, is.falsePositives, is.falseNegatives, is.f1!], [TP, FP, FN, f1]) <
        1e-12,
    );
  });
});

suite('cusumPValue() holds its level with a measured target', (test) => {
  test('at 5 %, over 12 points', () => {
    const random = createRandom('level');
    const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    let alarms = 0;
    for (let run = 0; run < 60; run++) {
      const target = { value: 0.6 + 0.012 * normal(), standardError: 0.012 };
      const points = Array.from({ length: 12 }, () => ({
        value: 0.6 + 0.02 * normal(),
        standardError: 0.02,
      }));
      if (cusumPValue(points, target) <= 0.05) alarms++;
    }
    assert.ok(alarms <= 8, String(alarms));
  });
  test('a lasting fall is seen', () => {
    const points = Array.from({ length: 6 }, () => ({ value: 0.57, standardError: 0.02 }));
    assert.ok(cusumPValue(points, { value: 0.6, standardError: 0.005 }) < 0.01);
  });
});

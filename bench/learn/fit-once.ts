/**
 * `node fit-once.js DIRECTORY THREADS KIND`: fits a classifier once and prints what it cost and reached, as fit_once.py does.
 *
 * @module
 */

import { join } from 'node:path';
import { decide } from '../../stages/learn/decision/index.ts';
import {
  decisionFunction,
  fitLinearSvcOnThreads,
  fitLogisticRegressionOnThreads,
} from '../../stages/learn/linear/index.ts';
import { countByLabel, f1Score, sumCounts } from '../../stages/learn/metrics/index.ts';
import { readMatrices } from './problem.ts';

/** What one fit cost. */
export interface FitReport {
  readonly cpuMs: number;
  readonly wallMs: number;
  readonly peakBytes: number;
  /** Of all labels together. */
  readonly objective: number;
  /** Of the held-out questions, at threshold 0. */
  readonly microF1: number;
}

type Kind = 'linear_svc' | 'logistic_regression';

const [directory, threads, kind] = process.argv.slice(2);
const { X, Y } = readMatrices(join(directory!, 'train'));
const held = readMatrices(join(directory!, 'held'));

const cpu = process.cpuUsage();
const started = performance.now();
const fit = { linear_svc: fitLinearSvc, logistic_regression: fitLogistic }[kind as Kind];
const { model } = await fit();
const wallMs = performance.now() - started;
const { user, system } = process.cpuUsage(cpu);
const peakBytes = process.resourceUsage().maxRSS * 1024;

const everything = decide(
  { kind: 'fixed', threshold: 0, at_least_one: false, max_tags: null },
  decisionFunction(model, held.X),
  held.X.rows,
  held.Y.labels,
);
const report: FitReport = {
  cpuMs: (user + system) / 1000,
  wallMs,
  peakBytes,
  objective: objectiveOf(),
  microF1: f1Score(sumCounts(countByLabel(held.Y, everything)), 0)!,
};
console.log(JSON.stringify(report));

function fitLinearSvc() {
  const params = {
    loss: 'squared_hinge',
    C: 1,
    classWeight: undefined,
    tol: 1e-4,
    maxIter: 1000,
    interceptScaling: 1,
    seed: 0,
  } as const;
  return fitLinearSvcOnThreads(params, X, Y, { threads: Number(threads) });
}

function fitLogistic() {
  const params = {
    C: 1,
    classWeight: undefined,
    tol: 1e-4,
    maxIter: 100,
    intercept: { kind: 'free' },
  } as const;
  return fitLogisticRegressionOnThreads(params, X, Y, { threads: Number(threads) });
}

/**
 * Sum over the labels of `1/2 |w|^2` and what all rows lose: `max(0, 1 - m)^2`, the intercept's square halved beside it, or
 * `ln(1 + e^-m)`.
 */
function objectiveOf(): number {
  const scores = decisionFunction(model, X);
  const isOn = new Uint8Array(scores.length);
  for (let i = 0; i < Y.rows; i++) {
    for (let k = Y.indptr[i]!; k < Y.indptr[i + 1]!; k++) isOn[i * Y.labels + Y.indices[k]!] = 1;
  }
  const lossOf =
    kind === 'linear_svc'
      ? (margin: number) => Math.max(0, 1 - margin) ** 2
      : (margin: number) => Math.max(0, -margin) + Math.log1p(Math.exp(-Math.abs(margin)));
  let sum = 0;
  for (const weight of model.coefficients) sum += weight ** 2 / 2;
  if (kind === 'linear_svc') for (const intercept of model.intercepts) sum += intercept ** 2 / 2;
  scores.forEach((score, cell) => {
    sum += lossOf(isOn[cell] === 1 ? score : -score);
  });
  return sum;
}

/**
 * `node fit-once.js DIRECTORY THREADS`: fits `linear_svc` once and prints what it cost and reached, as fit_once.py does.
 *
 * @module
 */

import { join } from 'node:path';
import { decide } from '../../stages/learn/decision/index.ts';
import { decisionFunction, fitLinearSvcOnThreads } from '../../stages/learn/linear/index.ts';
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

const [directory, threads] = process.argv.slice(2);
const { X, Y } = readMatrices(join(directory!, 'train'));
const held = readMatrices(join(directory!, 'held'));

const cpu = process.cpuUsage();
const started = performance.now();
const { model } = await fitLinearSvcOnThreads(
  {
    loss: 'squared_hinge',
    C: 1,
    classWeight: undefined,
    tol: 1e-4,
    maxIter: 1000,
    interceptScaling: 1,
    seed: 0,
  },
  X,
  Y,
  { threads: Number(threads) },
);
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

/** `sum of 1/2 |w|^2 + 1/2 b^2 + sum_i max(0, 1 - y_i z_i)^2` over the labels. */
function objectiveOf(): number {
  const scores = decisionFunction(model, X);
  const isOn = new Uint8Array(scores.length);
  for (let i = 0; i < Y.rows; i++) {
    for (let k = Y.indptr[i]!; k < Y.indptr[i + 1]!; k++) isOn[i * Y.labels + Y.indices[k]!] = 1;
  }
  let sum = 0;
  for (const weight of model.coefficients) sum += weight ** 2 / 2;
  for (const intercept of model.intercepts) sum += intercept ** 2 / 2;
  scores.forEach((score, cell) => {
    sum += Math.max(0, isOn[cell] === 1 ? 1 - score : 1 + score) ** 2;
  });
  return sum;
}

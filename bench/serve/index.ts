/**
 * The prediction server beside FastAPI with the same model.
 *
 * `DVC_LIKE_PYTHON` is a Python that has fastapi, uvicorn and scikit-learn.
 *
 * @module
 */

import { type ExecFileSyncOptionsWithStringEncoding, execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Benchmark } from '../benchmark.ts';
import { estimateMedian } from '../statistics.ts';
import { renderEstimate, renderTable } from '../table.ts';

const PROBLEM = fileURLToPath(new URL('./problem.js', import.meta.url));
const LOAD = fileURLToPath(new URL('./load.mjs', import.meta.url));
const SECONDS = 5;
const MANY = 100_000;

interface Run {
  readonly requestsPerSecond: number;
  /** Of the server's process. */
  readonly cpuMsPerRequest: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Requests without an answer, or with one that is no 2xx. */
  readonly errors: number;
}

interface Report {
  readonly names: readonly string[];
  /** By server, then by round. */
  readonly runs: readonly (readonly Run[])[];
  readonly memory: readonly {
    readonly requests: number;
    readonly errors: number;
    readonly residentBytes: number;
  }[];
}

const load: Benchmark = {
  name: 'predict, 8 connections',
  budget: 'requests a second 5 x FastAPI, p99 not above, no error; memory flat over 100,000 requests',
  run: (root, rounds) => {
    execFileSync(process.execPath, [PROBLEM, root], { stdio: 'inherit' });
    const args = [LOAD, root, String(rounds), String(SECONDS), String(MANY)];
    const options: ExecFileSyncOptionsWithStringEncoding = {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    };
    const { names, runs, memory } = JSON.parse(execFileSync(process.execPath, args, options)) as Report;
    const over = (values: readonly number[]): string => renderEstimate(estimateMedian(values));
    const rows = names.map((name, index) => {
      const own = runs[index]!;
      return [
        name,
        over(own.map(({ requestsPerSecond }) => requestsPerSecond)),
        over(
          own.map(({ requestsPerSecond }, round) => runs[0]![round]!.requestsPerSecond / requestsPerSecond),
        ),
        estimateMedian(own.map(({ cpuMsPerRequest }) => cpuMsPerRequest)).median.toFixed(3),
        over(own.map(({ cpuMsPerRequest }, round) => cpuMsPerRequest / runs[0]![round]!.cpuMsPerRequest)),
        over(own.map(({ p50Ms }) => p50Ms)),
        over(own.map(({ p99Ms }) => p99Ms)),
        String(own.reduce((sum, { errors }) => sum + errors, 0)),
      ];
    });
    const header = [
      '',
      'requests/s',
      'ours / it',
      'CPU ms a request',
      'CPU / ours',
      'p50 ms',
      'p99 ms',
      'errors',
    ];
    const resident = memory.map(
      ({ requests, errors, residentBytes }) =>
        `${requests}: ${(residentBytes / 1e6).toFixed(0)} MB${errors === 0 ? '' : `, ${errors} errors`}`,
    );
    return `${renderTable(header, rows)}\n\nResident memory of ours after requests: ${resident.join('; ')}`;
  },
};

export const benchmarks: readonly Benchmark[] = [load];

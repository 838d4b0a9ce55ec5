/**
 * One-vs-rest `linear_svc` and `logistic_regression`, C 1, tol 1e-4: whole fits in turns, data in memory before the clock starts.
 *
 * `DVC_LIKE_PYTHON` is a Python that has scikit-learn, `DVC_LIKE_BENCH_DATA` the directory of the questions.
 *
 * @module
 */

import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Benchmark } from '../benchmark.ts';
import { inTurns } from '../in-turns.ts';
import { estimateMedian } from '../statistics.ts';
import { renderEstimate, renderTable } from '../table.ts';
import type { FitReport } from './fit-once.ts';
import { type ProblemSource, writeProblem } from './problem.ts';

const OURS = fileURLToPath(new URL('./fit-once.js', import.meta.url));
const THEIRS = fileURLToPath(new URL('./fit_once.py', import.meta.url));
const PYTHON = process.env['DVC_LIKE_PYTHON'] ?? 'python3';

/** So many as there are jobs, and no more beside them that wait in a loop. */
const ONE_THREAD = { OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' };

interface Fitter {
  readonly name: string;
  readonly command: (directory: string) => readonly [program: string, ...args: string[]];
}

const ours = (threads: number, kind: string): Fitter => ({
  name: threads === 1 ? 'ours' : `ours, ${threads} threads`,
  command: (directory) => [process.execPath, OURS, directory, String(threads), kind],
});

const theirs = (name: string, jobs: number, model: string): Fitter => ({
  name,
  command: (directory) => [PYTHON, THEIRS, directory, String(jobs), model],
});

/** Those with two jobs stand beside those with one, and are compared by wall. */
export const linearSvc = (source: ProblemSource): Benchmark =>
  fits('linear_svc', source, 'CPU 4 x dual=True, 6 x dual=auto; wall of two threads 5 x; memory not above', [
    ours(1, 'linear_svc'),
    ours(2, 'linear_svc'),
    theirs('dual=True', 1, 'dual'),
    theirs("dual='auto'", 1, 'auto'),
    theirs('dual=True, n_jobs=2', 2, 'dual'),
  ]);

export const logisticRegression = (source: ProblemSource): Benchmark =>
  fits('logistic_regression', source, 'CPU 5 x lbfgs at an objective not above; memory not above', [
    ours(1, 'logistic_regression'),
    ours(2, 'logistic_regression'),
    theirs('lbfgs', 1, 'lbfgs'),
  ]);

const fits = (
  kind: string,
  source: ProblemSource,
  budget: string,
  fitters: readonly Fitter[],
): Benchmark => ({
  name: `${kind}, ${source.file.split('-')[0]} ${source.questions}`,
  budget,
  run: (root, rounds) => {
    const title = writeProblem(root, source);
    const reports = inTurns(fitters, rounds, (fitter) => fit(fitter, root));
    const over = (values: readonly number[]): string => renderEstimate(estimateMedian(values));
    const rows = fitters.map(({ name }, index) => {
      const own = reports[index]!;
      return [
        name,
        over(own.map(({ wallMs }) => wallMs)),
        over(own.map(({ cpuMs }) => cpuMs)),
        over(own.map(({ wallMs }, round) => wallMs / reports[1]![round]!.wallMs)),
        over(own.map(({ cpuMs }, round) => cpuMs / reports[0]![round]!.cpuMs)),
        over(own.map(({ peakBytes }) => peakBytes / 1e6)),
        own[0]!.objective.toFixed(6),
        own[0]!.microF1.toFixed(4),
      ];
    });
    const header = [
      '',
      'wall ms',
      'CPU ms',
      'wall / ours, 2',
      'CPU / ours',
      'peak MB',
      'objective',
      'micro F1',
    ];
    return `${title}\n\n${renderTable(header, rows)}`;
  },
});

function fit({ command }: Fitter, directory: string): FitReport {
  const [program, ...args] = command(directory);
  return JSON.parse(
    execFileSync(program, args, { encoding: 'utf8', env: { ...process.env, ...ONE_THREAD } }),
  ) as FitReport;
}

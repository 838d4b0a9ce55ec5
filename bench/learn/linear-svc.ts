/**
 * One-vs-rest `linear_svc`, C 1, tol 1e-4: whole fits in turns, data in memory before the clock starts.
 *
 * `DVC_LIKE_PYTHON` is a Python that has scikit-learn, `DVC_LIKE_BENCH_DATA` the directory of the questions.
 *
 * @module
 */

import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Benchmark } from '../benchmark.ts';
import { estimateMedian } from '../statistics.ts';
import { renderEstimate, renderTable } from '../table.ts';
import type { FitReport } from './fit-once.ts';
import { type ProblemSource, writeProblem } from './problem.ts';

const OURS = fileURLToPath(new URL('./fit-once.js', import.meta.url));
const THEIRS = fileURLToPath(new URL('./fit_once.py', import.meta.url));
const PYTHON = process.env['DVC_LIKE_PYTHON'] ?? 'python3';

interface Fitter {
  readonly name: string;
  readonly command: (directory: string) => readonly [program: string, ...args: string[]];
}

/** Those with two jobs stand beside those with one, and are compared by wall. */
const FITTERS: readonly Fitter[] = [
  { name: 'ours', command: (directory) => [process.execPath, OURS, directory, '1', 'linear_svc'] },
  { name: 'ours, 2 threads', command: (directory) => [process.execPath, OURS, directory, '2', 'linear_svc'] },
  { name: 'dual=True', command: (directory) => [PYTHON, THEIRS, directory, '1', 'dual'] },
  { name: "dual='auto'", command: (directory) => [PYTHON, THEIRS, directory, '1', 'auto'] },
  { name: 'dual=True, n_jobs=2', command: (directory) => [PYTHON, THEIRS, directory, '2', 'dual'] },
];

export const linearSvc = (source: ProblemSource): Benchmark => ({
  name: `linear_svc, ${source.file.split('-')[0]} ${source.questions}`,
  budget: 'CPU 4 x dual=True, 6 x dual=auto; wall of two threads 5 x; memory not above',
  run: (root, rounds) => {
    const title = writeProblem(root, source);
    const reports = FITTERS.map((): FitReport[] => []);
    for (let round = 0; round < rounds; round++) {
      for (let turn = 0; turn < FITTERS.length; turn++) {
        const index = (round + turn) % FITTERS.length;
        reports[index]!.push(fit(FITTERS[index]!, root));
      }
    }
    const over = (values: readonly number[]): string => renderEstimate(estimateMedian(values));
    const rows = FITTERS.map(({ name }, index) => {
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
  return JSON.parse(execFileSync(program, args, { encoding: 'utf8' })) as FitReport;
}

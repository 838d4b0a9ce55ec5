/**
 * One question at a time, after a warm-up: TF-IDF of its words, the scores of all tags, the five best with the words that
 * spoke for each.
 *
 * @module
 */

import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Benchmark } from '../benchmark.ts';
import { estimateMedian } from '../statistics.ts';
import { renderEstimate, renderTable } from '../table.ts';
import type { PredictReport } from './predict-once.ts';
import type { ProblemSource } from './problem.ts';

const OURS = fileURLToPath(new URL('./predict-once.js', import.meta.url));

export const prediction = ({ file, questions, support }: ProblemSource): Benchmark => ({
  name: `prediction of one question, ${file.split('-')[0]} ${questions}`,
  budget: 'under 1 ms of CPU',
  run: (_, rounds) => {
    const reports = Array.from({ length: rounds }, () => {
      const args = [OURS, file, String(questions), String(support)];
      return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) as PredictReport;
    });
    const over = (key: 'cpuMs' | 'medianMs' | 'p99Ms'): string =>
      renderEstimate(estimateMedian(reports.map((report) => report[key])));
    const { tags, questions: asked } = reports[0]!;
    const header = ['', 'CPU ms', 'median wall ms', 'p99 wall ms'];
    const row = [`${tags} tags`, over('cpuMs'), over('medianMs'), over('p99Ms')];
    return `${asked} questions, each once\n\n${renderTable(header, [row])}`;
  },
});

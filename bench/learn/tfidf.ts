/**
 * TF-IDF with the defaults of scikit-learn's `TfidfVectorizer`: whole fits in turns, texts in memory before the clock
 * starts, each in a process of its own. What they made is compared.
 *
 * `DVC_LIKE_PYTHON` is a Python that has scikit-learn.
 *
 * @module
 */

import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Benchmark } from '../benchmark.ts';
import { inTurns } from '../in-turns.ts';
import { estimateMedian } from '../statistics.ts';
import { renderEstimate, renderTable } from '../table.ts';
import { readTexts, type TextSource } from './texts.ts';
import type { TfidfReport } from './tfidf-once.ts';

const OURS = fileURLToPath(new URL('./tfidf-once.js', import.meta.url));
const THEIRS = fileURLToPath(new URL('./tfidf_once.py', import.meta.url));
const PYTHON = process.env['DVC_LIKE_PYTHON'] ?? 'python3';

export const tfidf = (source: TextSource, largest: number): Benchmark => ({
  name: `TF-IDF (1,${largest})-grams, ${source.file.split('-')[0]} ${source.questions}`,
  budget: `CPU and wall ${largest === 1 ? 2 : 4} x TfidfVectorizer; the same vocabulary, values to 1e-12`,
  run: (root, rounds) => {
    const texts = readTexts(source).map(({ text }) => text);
    writeFileSync(join(root, 'texts.json'), JSON.stringify(texts));
    const fitters = [
      { name: 'ours', command: [process.execPath, OURS] },
      { name: 'TfidfVectorizer', command: [PYTHON, THEIRS] },
    ] as const;
    const reports = inTurns(fitters, rounds, ({ command: [program, script] }) => {
      const printed = execFileSync(program, [script, root, String(largest)], { encoding: 'utf8' });
      return JSON.parse(printed) as TfidfReport;
    });
    const over = (values: readonly number[]): string => renderEstimate(estimateMedian(values));
    const rows = fitters.map(({ name }, index) => {
      const own = reports[index]!;
      return [
        name,
        over(own.map(({ wallMs }) => wallMs)),
        over(own.map(({ cpuMs }) => cpuMs)),
        over(own.map(({ wallMs }, round) => wallMs / reports[0]![round]!.wallMs)),
        over(own.map(({ cpuMs }, round) => cpuMs / reports[0]![round]!.cpuMs)),
        over(own.map(({ peakBytes }) => peakBytes / 1e6)),
      ];
    });
    const header = ['', 'wall ms', 'CPU ms', 'wall / ours', 'CPU / ours', 'peak MB'];
    return `${texts.length} questions, ${compareMade(root)}\n\n${renderTable(header, rows)}`;
  },
});

/** Says how what the two made differs. */
function compareMade(root: string): string {
  const bytes = (who: string, name: string): Buffer => readFileSync(join(root, `${who}.${name}`));
  const isEqual = (name: string): boolean => bytes('ours', name).equals(bytes('theirs', name));
  if (!isEqual('terms')) return 'another vocabulary';
  if (!isEqual('indptr') || !isEqual('indices')) return 'other entries';
  const values = (who: string): Float64Array => new Float64Array(new Uint8Array(bytes(who, 'values')).buffer);
  const [ours, theirs] = [values('ours'), values('theirs')];
  let largest = 0;
  for (const [k, value] of ours.entries()) largest = Math.max(largest, Math.abs(value - theirs[k]!));
  const terms = bytes('ours', 'terms').toString('utf8').split('\n').length;
  return `${terms} terms, ${ours.length} values; the same vocabulary and entries, values within ${largest.toExponential(1)}`;
}

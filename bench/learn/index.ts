/**
 * Learning, beside scikit-learn.
 *
 * @module
 */

import type { Benchmark } from '../benchmark.ts';
import { linearSvc, logisticRegression } from './linear-fits.ts';
import { prediction } from './predict.ts';
import { tfidf } from './tfidf.ts';

export const benchmarks: readonly Benchmark[] = [
  tfidf({ file: 'stackoverflow-2018.jsonl.gz', questions: 30_000 }, 1),
  tfidf({ file: 'stackoverflow-2018.jsonl.gz', questions: 30_000 }, 2),
  linearSvc({ file: 'devops-2017-2019.jsonl.gz', questions: 3000, support: 5 }),
  linearSvc({ file: 'stackoverflow-2018.jsonl.gz', questions: 6000, support: 20 }),
  linearSvc({ file: 'stackoverflow-2018.jsonl.gz', questions: 30_000, support: 20 }),
  logisticRegression({ file: 'stackoverflow-2018.jsonl.gz', questions: 6000, support: 20 }),
  logisticRegression({ file: 'stackoverflow-2018.jsonl.gz', questions: 30_000, support: 20 }),
  prediction({ file: 'stackoverflow-2018.jsonl.gz', questions: 30_000, support: 20 }),
];

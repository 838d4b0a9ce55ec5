/**
 * Real questions, a month's at a time, and what scikit-learn's plain recipe makes of them.
 *
 * @module
 */

import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { ROOT } from '../support/golden-file.ts';
import { unless } from '../support/suite.ts';

/** The whole of DevOps Stack Exchange, 2017-02 to 2019-12. */
export const DATA = `${ROOT}../shared/data/devops-2017-2019.jsonl.gz`;
const TRAIN = { from: '2017-02', to: '2018-12' };
const WATCH = { from: '2019-01', to: '2019-12' };
export const WATCHED_MONTHS = Array.from({ length: 12 }, (_, i) => `2019-${String(i + 1).padStart(2, '0')}`);

export const TRAINING_MONTHS = [
  ...Array.from({ length: 11 }, (_, i) => `2017-${String(i + 2).padStart(2, '0')}`),
  ...Array.from({ length: 12 }, (_, i) => `2018-${String(i + 1).padStart(2, '0')}`),
];

/** The study on these questions; whatever else is as in `config.yaml`. */
export const ON_REAL_DATA = {
  'months.train': TRAIN,
  'months.watch': WATCH,
  'collect.source': 'jsonl',
  'collect.input': 'questions.jsonl.gz',
} as const;

export const PYTHON = process.env['DVC_LIKE_PYTHON'];

export const noData = unless(existsSync(DATA), 'no ../shared/data here');
export const noScikitLearn = unless(
  PYTHON !== undefined,
  'DVC_LIKE_PYTHON names no Python with scikit-learn',
);

/** Micro F1 over the known tags, and over all true ones: those that it does not know count as missed. */
interface Scored {
  readonly f1_micro: number;
  readonly f1_micro_all_tags: number;
}

export interface ScikitLearn extends Scored {
  readonly months: Readonly<Record<string, Scored>>;
}

/** `sklearn_recipe.py` on the same months. */
export function runScikitLearn(): ScikitLearn {
  const script = `${ROOT}test/interop/sklearn_recipe.py`;
  const months = [TRAIN.from, TRAIN.to, WATCH.from, WATCH.to];
  const output = execFileSync(PYTHON!, ['-W', 'ignore', script, DATA, ...months], { encoding: 'utf8' });
  return JSON.parse(output) as ScikitLearn;
}

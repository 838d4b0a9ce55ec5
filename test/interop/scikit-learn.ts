/**
 * Real questions, a month's at a time, and what scikit-learn's plain recipe makes of them.
 *
 * @module
 */

import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
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

/** Questions of Stack Overflow up to May 2018. */
const STACK_OVERFLOW = `${ROOT}../shared/data/stackoverflow-2018.jsonl.gz`;
export const noStackOverflow = unless(existsSync(STACK_OVERFLOW), 'no ../shared/data here');
export const STACK_OVERFLOW_MONTHS = {
  train: { from: '2008-08', to: '2018-04' },
  watch: { from: '2018-05', to: '2018-05' },
};
/** Of the tags of the table's second row. */
export const MIN_SUPPORT = 20;
/** From 24 April to the first of May. */
const MOVED_MS = 7 * 24 * 60 * 60 * 1000;

/** Trained on the questions before 24 April 2018, scored on those from then on. */
export const ON_STACK_OVERFLOW = {
  'months.train': STACK_OVERFLOW_MONTHS.train,
  'months.watch': STACK_OVERFLOW_MONTHS.watch,
  'collect.source': 'jsonl',
  'collect.input': 'questions.jsonl',
} as const;

/** JSON Lines, each question asked a week later. */
export const movedQuestions = (): string =>
  gunzipSync(readFileSync(STACK_OVERFLOW))
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const question = JSON.parse(line) as { readonly creationDate: string };
      const moved = new Date(Date.parse(question.creationDate) + MOVED_MS).toISOString();
      return `${JSON.stringify({ ...question, creationDate: moved.replace('.000Z', 'Z') })}\n`;
    })
    .join('');

export function runScikitLearnOnStackOverflow(): ScikitLearn {
  const directory = mkdtempSync(join(tmpdir(), 'dvc-like-recipe-'));
  try {
    const file = join(directory, 'questions.jsonl.gz');
    writeFileSync(file, gzipSync(movedQuestions()));
    return runRecipe(file, STACK_OVERFLOW_MONTHS, MIN_SUPPORT);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** On the same months. */
export const runScikitLearn = (): ScikitLearn => runRecipe(DATA, { train: TRAIN, watch: WATCH }, 1);

function runRecipe(
  file: string,
  { train, watch }: typeof STACK_OVERFLOW_MONTHS,
  minSupport: number,
): ScikitLearn {
  const script = `${ROOT}test/interop/sklearn_recipe.py`;
  const args = [file, train.from, train.to, watch.from, watch.to, String(minSupport)];
  return JSON.parse(
    execFileSync(PYTHON!, ['-W', 'ignore', script, ...args], { encoding: 'utf8' }),
  ) as ScikitLearn;
}

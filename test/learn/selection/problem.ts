/**
 * A small problem to search settings for, and scikit-learn to do it too.
 *
 * @module
 */

import { execFileSync } from 'node:child_process';
import type { ClassifierSettings } from '../../../stages/learn/classifier/index.ts';
import { type Binarized, binarizeLabels } from '../../../stages/learn/labels/index.ts';
import { createRandom, randomInteger } from '../../../stages/learn/random/index.ts';
import type { Space } from '../../../stages/learn/selection/index.ts';
import { type Csr, csrFromRows } from '../../../stages/learn/sparse/index.ts';
import { ROOT } from '../../stages/study-project.ts';
import { unless } from '../../support/suite.ts';

const PYTHON = process.env['DVC_LIKE_PYTHON'];

export const withoutPython = unless(
  PYTHON !== undefined,
  'DVC_LIKE_PYTHON names no Python with scikit-learn',
);

/** What `sklearn_search.py` makes of a request. */
export const askScikitLearn = (request: unknown): unknown =>
  JSON.parse(
    execFileSync(PYTHON!, ['-W', 'ignore', `${ROOT}test/learn/selection/sklearn_search.py`], {
      input: JSON.stringify(request),
      encoding: 'utf8',
      maxBuffer: 2 ** 26,
    }),
  ) as unknown;

export const BASE: Extract<ClassifierSettings, { readonly kind: 'linear_svc' }> = {
  kind: 'linear_svc',
  loss: 'squared_hinge',
  C: 1,
  class_weight: null,
  tol: 1e-4,
  max_iter: 1000,
  intercept_scaling: 1,
  seed: 0,
};

export const SPACE: Space = {
  C: { kind: 'loguniform', low: 0.01, high: 100 },
  class_weight: { kind: 'choice', values: [null, 'balanced'] },
  loss: { kind: 'choice', values: ['squared_hinge', 'hinge'] },
};

const CLASSES = ['a', 'b', 'c', 'd', 'rare', 'none'];
const FEATURES = 20;

/** 90 rows of 20 features, and labels that follow from them, but for some. */
export function someProblem(seed: number): { readonly X: Csr; readonly Y: Binarized['matrix'] } {
  const random = createRandom(`search ${seed}`);
  const rows = Array.from({ length: 90 }, () => {
    const columns = new Set(Array.from({ length: 6 }, () => randomInteger(random, FEATURES)));
    return [...columns].map((column) => [column, random()] as const);
  });
  const tags = rows.map((row, i) => [
    ...row.flatMap(([column]) => (random() < 0.8 ? (CLASSES[column] ?? []) : [])).filter((tag) => tag < 'e'),
    ...(i % 40 === 7 ? ['rare'] : []),
  ]);
  return { X: csrFromRows(rows, FEATURES), Y: binarizeLabels(CLASSES, tags).matrix };
}

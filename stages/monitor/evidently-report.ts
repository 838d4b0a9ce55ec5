/**
 * The last month as Evidently sees it, in the shape of its report's JSON: whoever reads those can read this.
 *
 * @see Evidently 0.7.23, `Report([DataDriftPreset()]).run(...).json()`
 * @module
 */

import { createHash } from 'node:crypto';
import type { CleanQuestion } from '../io/index.ts';
import {
  type Column,
  defaultMethod,
  methodNamed,
  numericalColumn,
  scoreDrift,
  scoreTextDrift,
} from '../learn/evidently/index.ts';

export interface EvidentlyColumn {
  readonly column: string;
  readonly method: string;
  readonly score: number;
  readonly threshold: number;
  readonly drift: boolean;
}

/** Of the columns that drifted so many share a dataset that has. */
const DRIFT_SHARE = 0.5;

/** Each column by Evidently's default method and threshold. */
export function evidentlyColumns(
  reference: readonly CleanQuestion[],
  current: readonly CleanQuestion[],
): readonly EvidentlyColumn[] {
  if (Math.min(reference.length, current.length) < 20) return [];
  const columns: Readonly<Record<string, (questions: readonly CleanQuestion[]) => Column>> = {
    text_length: numbersOf(({ title, text }) => title.length + text.length),
    code_share: numbersOf(({ text, code }) => (code === '' ? 0 : code.length / (text.length + code.length))),
    tags: numbersOf(({ tags }) => tags.length),
    tag: (questions) => ({ kind: 'cat', values: questions.flatMap(({ tags }) => tags) }),
  };
  const tabular = Object.entries(columns).map(([column, columnOf]) => {
    const [was, is] = [columnOf(reference), columnOf(current)];
    const method = defaultMethod(was, is);
    const { score, threshold, drift } = scoreDrift(method, was, is);
    return { column, method: methodNamed(method).displayName, score, threshold, drift };
  });
  const textOf = ({ title, text }: CleanQuestion): string => `${title}\n${text}`;
  const { auc, method, threshold, drift } = scoreTextDrift(reference.map(textOf), current.map(textOf));
  return [...tabular, { column: 'text', method: TEXT_METHODS[method], score: auc, threshold, drift }];
}

const TEXT_METHODS = {
  abs_text_content_drift: 'Absolute text content drift',
  perc_text_content_drift: 'Percentile text content drift',
} as const;

const numbersOf =
  (of: (question: CleanQuestion) => number) =>
  (questions: readonly CleanQuestion[]): Column =>
    numericalColumn(Float64Array.from(questions, of));

export function evidentlyReport(columns: readonly EvidentlyColumn[]): unknown {
  const drifted = columns.filter(({ drift }) => drift).length;
  const share = columns.length === 0 ? 0 : drifted / columns.length;
  const count = {
    id: idOf('DriftedColumnsCount'),
    metric_name: `DriftedColumnsCount(drift_share=${DRIFT_SHARE})`,
    config: { type: 'evidently:metric_v2:DriftedColumnsCount', drift_share: DRIFT_SHARE },
    value: { count: drifted, share },
  };
  const values = columns.map(({ column, method, score, threshold }) => ({
    id: idOf(`ValueDrift ${column}`),
    metric_name: `ValueDrift(column=${column},method=${method},threshold=${threshold})`,
    config: { type: 'evidently:metric_v2:ValueDrift', column, method, threshold },
    value: Number.isFinite(score) ? score : null,
  }));
  const test = (
    metric: (typeof values)[number] | typeof count,
    name: string,
    text: string,
    isGood: boolean,
  ) => ({
    id: idOf(`test ${metric.id}`),
    name,
    description: text,
    metric_config: { metric_id: metric.id, config: metric.config },
    test_config: {},
    status: isGood ? 'SUCCESS' : 'FAIL',
    bound_test: null,
  });
  return {
    metrics: [count, ...values],
    tests: [
      test(
        count,
        `Share of Drifted Columns: Less ${DRIFT_SHARE.toFixed(3)}`,
        `Drift is detected for ${(100 * share).toFixed(3)}% of columns (${drifted} out of ${columns.length}).`,
        share < DRIFT_SHARE,
      ),
      ...columns.map((column, i) =>
        test(
          values[i]!,
          `Value Drift for column ${column.column}`,
          `Drift score is ${column.score.toFixed(2)}. The drift detection method is ${column.method}. The drift threshold is ${column.threshold.toFixed(2)}.`,
          !column.drift,
        ),
      ),
    ],
  };
}

const idOf = (name: string): string => createHash('md5').update(name).digest('hex');

/**
 * The watched months against what the model was made from: what has drifted, and what it did to the model's scores.
 *
 * Every claim that something has drifted comes from one family of tests, adjusted together (Benjamini and Hochberg): the
 * columns of each month and of the questions that a server answered, micro F1 and the tags' F1 of each month, and the CUSUM over all. Where nothing has drifted, the chance that
 * anything is said to have is at most the rate, whatever the number of months, columns and tags.
 *
 * @module
 */

import type { CleanQuestion } from '../io/index.ts';
import {
  type ComparedColumn,
  type CusumChart,
  compareColumns,
  cusumChart,
  cusumPValue,
  detectByAdwin,
  detectByDdm,
  type EwmaChart,
  ewmaChart,
  FEWEST_QUESTIONS,
  fitReference,
  type Measured,
  type Reference,
  type Sample,
  vocabularyOf,
} from '../learn/drift/index.ts';
import {
  adjustForMany,
  differenceOf,
  type Estimate,
  normalEstimate,
  normalTails,
} from '../learn/metrics/index.ts';
import type { Scores, Tagger, TagScores } from '../learn/tagger/index.ts';
import { fallsOf, type MonthFalls } from './falls.ts';
import { type NewTag, newTagsOf } from './new-tags.ts';
import type { MonitorSettings } from './settings.ts';
import { type TextDivergence, textDivergence } from './text-divergence.ts';
import { type WatchedMonth, watchMonth } from './watch-month.ts';
import { watchWords } from './words.ts';

export interface MonitorInputs {
  readonly tagger: Tagger;
  readonly trainingQuestions: number;
  readonly reference: Reference;
  /** Tags that were seen in training, known to the model or not. */
  readonly heldOut: { readonly scores: Scores; readonly tags: ReadonlyMap<string, TagScores> };
  /** Of the last training months. */
  readonly recent: readonly CleanQuestion[];
  readonly months: readonly { readonly month: string; readonly questions: readonly CleanQuestion[] }[];
  /** What a server logged of the questions that this model answered; null: there is no log. */
  readonly served: Sample | null;
}

export interface MonthDrift extends WatchedMonth {
  readonly columns: readonly (ComparedColumn & Judged)[];
  readonly text: (TextDivergence & Judged) | null;
  /** Micro F1 less that of the held-out training months. */
  readonly change: (Omit<Estimate, 'standardError'> & { readonly standardError: number } & Judged) | null;
  readonly falls: MonthFalls & Judged;
  readonly newTags: readonly NewTag[];
  /** Micro F1 over all true tags if every known tag were right; tags given by name as they are. */
  readonly f1Ceiling: number | null;
  /** Of its columns and its texts those that have drifted, in [0, 1]. */
  readonly driftShare: number;
}

/** Questions that were asked of the server. */
export interface ServedDrift {
  readonly questions: number;
  /** None where the questions are too few. */
  readonly columns: readonly (ComparedColumn & Judged)[];
}

export interface Judged {
  readonly p: number;
  /** Adjusted for the whole family. */
  readonly q: number;
  readonly drift: boolean;
}

export interface Monitoring {
  readonly months: readonly MonthDrift[];
  readonly served: ServedDrift | null;
  /** Tests in the family. */
  readonly tests: number;
  readonly cusum: CusumChart & Judged;
  readonly ewma: EwmaChart;
  /** Questions, from the first of the first month on, at which the stream of misses is seen to change. */
  readonly streams: { readonly ddm: readonly number[]; readonly adwin: readonly number[] };
}

export function monitorMonths(settings: MonitorSettings, inputs: MonitorInputs): Monitoring {
  const { tagger, heldOut, recent, reference, served } = inputs;
  const vocabulary = vocabularyOf(tagger.featurizer, inputs.trainingQuestions);
  const wordReference = vocabulary === undefined ? undefined : fitReference(watchWords(recent, vocabulary));
  const expected = estimateOf(heldOut.scores);
  const months = inputs.months.map(({ month, questions }) => {
    const { sample, ...watched } = watchMonth(tagger, vocabulary, month, questions);
    const columns = [...compareColumns(reference, sample)];
    if (vocabulary !== undefined)
      columns.push(...compareColumns(wordReference!, watchWords(questions, vocabulary)));
    const is = estimateOf(watched.scores);
    const change = expected === undefined || is === undefined ? undefined : differenceOf(expected, is);
    return {
      watched,
      columns,
      text: textDivergence(recent, questions),
      change,
      falls: fallsOf(heldOut.tags, watched.tags, settings),
      newTags: newTagsOf(reference, sample, questions),
    };
  });
  const servedColumns =
    served === null || served.questions < FEWEST_QUESTIONS ? [] : compareColumns(reference, served);
  const points = months.flatMap(({ watched }) => measured(watched.scores));
  const target = measured(heldOut.scores)[0];
  const cusumP = target === undefined ? 1 : cusumPValue(points, target);

  const judge = judgeTogether(
    [
      ...months.flatMap(({ columns, text, change, falls }) => [
        ...columns.map(({ p }) => p),
        ...(text === undefined ? [] : [text.p]),
        ...(change === undefined ? [] : [fallPValue(change)]),
        falls.p,
      ]),
      ...servedColumns.map(({ p }) => p),
      cusumP,
    ],
    settings.false_discovery_rate,
  );
  const judged = months.map(({ watched, columns, text, change, falls, newTags }): MonthDrift => {
    const judgedColumns = columns.map((column) => ({ ...column, ...judge(column.p) }));
    const judgedText = text === undefined ? null : { ...text, ...judge(text.p) };
    const data: readonly Judged[] = [...judgedColumns, ...(judgedText === null ? [] : [judgedText])];
    return {
      ...watched,
      columns: judgedColumns,
      text: judgedText,
      change: change === undefined ? null : { ...change, ...judge(fallPValue(change)) },
      falls: { ...falls, ...judge(falls.p) },
      newTags,
      f1Ceiling: ceilingOf(watched.scores),
      driftShare: data.length === 0 ? 0 : data.filter(({ drift }) => drift).length / data.length,
    };
  });
  const misses = months.flatMap(({ watched }) => watched.misses);
  return {
    months: judged,
    served: served && {
      questions: served.questions,
      columns: servedColumns.map((column) => ({ ...column, ...judge(column.p) })),
    },
    tests: judge.tests,
    cusum: { ...cusumChart(points, target?.value ?? 0), ...judge(cusumP) },
    ewma: ewmaChart(points, target?.value ?? 0),
    streams: { ddm: detectByDdm(misses).drifts, adwin: detectByAdwin(misses) },
  };
}

/** One-sided: that F1 fell. */
function fallPValue({ value, standardError }: Estimate): number {
  const tails = normalTails(value / standardError);
  return value < 0 ? tails / 2 : 1 - tails / 2;
}

interface Judge {
  (p: number): Judged;
  readonly tests: number;
}

/** Equal p-values have equal q-values, so that a test is found by its p-value. */
function judgeTogether(pValues: readonly number[], rate: number): Judge {
  const valid = pValues.map((p) => (Number.isNaN(p) ? 1 : p));
  const qValues = adjustForMany(valid);
  const qOf = new Map(valid.map((p, i) => [p, qValues[i]!]));
  const judge = (p: number): Judged => {
    const known = Number.isNaN(p) ? 1 : p;
    const q = qOf.get(known)!;
    return { p: known, q, drift: q <= rate };
  };
  return Object.assign(judge, { tests: valid.length });
}

const estimateOf = ({ f1_micro, f1_micro_se }: Scores): Estimate | undefined =>
  f1_micro === null || f1_micro_se === null ? undefined : normalEstimate(f1_micro, f1_micro_se);

const measured = ({ f1_micro, f1_micro_se }: Scores): readonly Measured[] =>
  f1_micro === null || f1_micro_se === null || f1_micro_se === 0
    ? []
    : [{ value: f1_micro, standardError: f1_micro_se }];

function ceilingOf(scores: Scores): number | null {
  const { named_true_positives: named, named_false_positives: wrong } = scores;
  const right = scores.true_positives + scores.false_negatives + named;
  const whole = 2 * right + wrong + scores.unknown_tags - named;
  return whole === 0 ? null : (2 * right) / whole;
}

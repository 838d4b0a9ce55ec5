/**
 * The months together: what the report says, as data.
 *
 * @module
 */

import { normalEstimate } from '../learn/metrics/index.ts';
import {
  type Falls,
  fallenTags,
  type Scores,
  scoreTag,
  type TagCounts,
  type TagScores,
} from '../learn/tagger/index.ts';

export interface WatchedMonth {
  readonly month: string;
  readonly scores: Scores;
  readonly tags: readonly TagCounts[];
}

export interface Summary {
  readonly months: readonly WatchedMonth[];
  readonly total: {
    readonly questions: number;
    readonly f1_micro: number | null;
    /** Its standard error and 95 % interval; null where a month has none. */
    readonly f1_micro_se: number | null;
    readonly f1_micro_low: number | null;
    readonly f1_micro_high: number | null;
    readonly f1_micro_all_tags: number | null;
    readonly hamming_loss: number | null;
    readonly subset_accuracy: number | null;
    readonly lrap: number | null;
    readonly precision_at_1: number | null;
    readonly precision_at_3: number | null;
    readonly precision_at_5: number | null;
    readonly recall_at_5: number | null;
  };
  /** The worst month by micro F1; null where no month has one. */
  readonly worst: { readonly month: string; readonly f1_micro: number } | null;
  /** By support, then name. */
  readonly tags: readonly TagScores[];
  /** The halves: the middle month of an odd number belongs to the later. */
  readonly falls: Falls;
}

/**
 * @param minSupport A tag is judged where each half of the months has so many questions with it.
 * @param rate Of the tags said to have fallen at most this share, on average, has not.
 */
export function summarize(months: readonly WatchedMonth[], minSupport: number, rate: number): Summary {
  const middle = Math.floor(months.length / 2);
  const earlier = poolTags(months.slice(0, middle));
  const later = poolTags(months.slice(middle));
  const tags = [...poolTags(months).values()].sort((a, b) => b.support - a.support || compare(a.tag, b.tag));
  return {
    months,
    total: pool(months),
    worst: worstOf(months),
    tags,
    falls: fallenTags(earlier, later, minSupport, rate),
  };
}

function pool(months: readonly WatchedMonth[]): Summary['total'] {
  const sum = (key: keyof Scores): number =>
    months.reduce((total, { scores }) => total + (scores[key] ?? 0), 0);
  const [tp, fp, fn] = [sum('true_positives'), sum('false_positives'), sum('false_negatives')];
  /** A mean over questions is pooled by their numbers. */
  const mean = (key: keyof Scores, over: keyof Scores = 'questions'): number | null =>
    ratio(
      months.reduce((total, { scores }) => total + (scores[key] ?? 0) * (scores[over] ?? 0), 0),
      sum(over),
    );
  return {
    questions: sum('questions'),
    ...pooledF1(months, f1Of(tp, fp, fn)),
    f1_micro_all_tags: f1Of(
      tp + sum('named_true_positives'),
      fp + sum('named_false_positives'),
      fn + sum('unknown_tags') - sum('named_true_positives'),
    ),
    hamming_loss: mean('hamming_loss'),
    subset_accuracy: mean('subset_accuracy'),
    lrap: mean('lrap'),
    precision_at_1: mean('precision_at_1'),
    precision_at_3: mean('precision_at_3'),
    precision_at_5: mean('precision_at_5'),
    recall_at_5: mean('recall_at_5', 'questions_with_known_tags'),
  };
}

/** The months are strata: each adds the variance of its F1, weighted by its part of the whole's denominator. */
function pooledF1(
  months: readonly WatchedMonth[],
  f1: number | null,
): Pick<Summary['total'], 'f1_micro' | 'f1_micro_se' | 'f1_micro_low' | 'f1_micro_high'> {
  let variance: number | null = 0;
  let whole = 0;
  for (const { scores } of months) {
    const size = 2 * scores.true_positives + scores.false_positives + scores.false_negatives;
    if (size === 0) continue;
    whole += size;
    variance =
      variance === null || scores.f1_micro_se === null ? null : variance + (size * scores.f1_micro_se) ** 2;
  }
  if (f1 === null || variance === null)
    return { f1_micro: f1, f1_micro_se: null, f1_micro_low: null, f1_micro_high: null };
  const { standardError, low, high } = normalEstimate(f1, Math.sqrt(variance) / whole);
  return { f1_micro: f1, f1_micro_se: standardError, f1_micro_low: low, f1_micro_high: high };
}

function worstOf(months: readonly WatchedMonth[]): Summary['worst'] {
  let worst: Summary['worst'] = null;
  for (const { month, scores } of months) {
    if (scores.f1_micro === null || (worst !== null && worst.f1_micro <= scores.f1_micro)) continue;
    worst = { month, f1_micro: scores.f1_micro };
  }
  return worst;
}

function poolTags(months: readonly WatchedMonth[]): ReadonlyMap<string, TagScores> {
  const sums = new Map<string, TagCounts>();
  for (const counts of months.flatMap(({ tags }) => tags)) {
    const sum = sums.get(counts.tag);
    sums.set(counts.tag, {
      ...counts,
      true_positives: counts.true_positives + (sum?.true_positives ?? 0),
      false_positives: counts.false_positives + (sum?.false_positives ?? 0),
      false_negatives: counts.false_negatives + (sum?.false_negatives ?? 0),
    });
  }
  return new Map([...sums].map(([tag, counts]) => [tag, scoreTag(counts)]));
}

const ratio = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

const f1Of = (tp: number, fp: number, fn: number): number | null => ratio(2 * tp, 2 * tp + fp + fn);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

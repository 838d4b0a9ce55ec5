/**
 * The months together: what the report says, as data.
 *
 * @module
 */

import { type Scores, scoreTag, type TagCounts, type TagScores } from '../learn/tagger/index.ts';

export interface WatchedMonth {
  readonly month: string;
  readonly scores: Scores;
  readonly tags: readonly TagCounts[];
}

/** A known tag whose F1 fell from the earlier half of the months to the later. */
export interface FallenTag {
  readonly tag: string;
  readonly earlier: { readonly f1: number; readonly support: number };
  readonly later: { readonly f1: number; readonly support: number };
  /** Later less earlier: below zero. */
  readonly change: number;
}

export interface Summary {
  readonly months: readonly WatchedMonth[];
  readonly total: {
    readonly questions: number;
    readonly f1_micro: number | null;
    readonly f1_micro_all_tags: number | null;
    readonly hamming_loss: number | null;
    readonly subset_accuracy: number | null;
  };
  /** The worst month by micro F1; null where no month has one. */
  readonly worst: { readonly month: string; readonly f1_micro: number } | null;
  /** By support, then name. */
  readonly tags: readonly TagScores[];
  /** The greatest fall first. The halves: the middle month of an odd number belongs to the later. */
  readonly fallen: readonly FallenTag[];
}

/** @param minSupport A tag is judged where each half has so many questions with it. */
export function summarize(months: readonly WatchedMonth[], minSupport: number): Summary {
  const middle = Math.floor(months.length / 2);
  const earlier = poolTags(months.slice(0, middle));
  const later = poolTags(months.slice(middle));
  const tags = [...poolTags(months).values()].sort((a, b) => b.support - a.support || compare(a.tag, b.tag));
  return {
    months,
    total: pool(months),
    worst: worstOf(months),
    tags,
    fallen: fallenTags(earlier, later, minSupport),
  };
}

function pool(months: readonly WatchedMonth[]): Summary['total'] {
  const sum = (key: keyof Scores): number =>
    months.reduce((total, { scores }) => total + (scores[key] ?? 0), 0);
  const [tp, fp, fn] = [sum('true_positives'), sum('false_positives'), sum('false_negatives')];
  const questions = sum('questions');
  /** A mean over questions is pooled by their numbers. */
  const mean = (key: keyof Scores): number | null =>
    ratio(
      months.reduce((total, { scores }) => total + (scores[key] ?? 0) * scores.questions, 0),
      questions,
    );
  return {
    questions,
    f1_micro: f1Of(tp, fp, fn),
    f1_micro_all_tags: f1Of(tp, fp, fn + sum('unknown_tags')),
    hamming_loss: mean('hamming_loss'),
    subset_accuracy: mean('subset_accuracy'),
  };
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

function fallenTags(
  earlier: ReadonlyMap<string, TagScores>,
  later: ReadonlyMap<string, TagScores>,
  minSupport: number,
): readonly FallenTag[] {
  const fallen: FallenTag[] = [];
  for (const [tag, was] of earlier) {
    const is = later.get(tag);
    if (was.f1 === null || is === undefined || is.f1 === null) continue;
    if (Math.min(was.support, is.support) < minSupport || is.f1 >= was.f1) continue;
    fallen.push({
      tag,
      earlier: { f1: was.f1, support: was.support },
      later: { f1: is.f1, support: is.support },
      change: is.f1 - was.f1,
    });
  }
  return fallen.sort((a, b) => a.change - b.change || compare(a.tag, b.tag));
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

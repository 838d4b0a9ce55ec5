/**
 * Scores of a tagger on some questions: the files of `reports/`.
 *
 * Metrics have the names that scikit-learn gives them. A number without a meaning (no question, nothing to divide by)
 * is null.
 *
 * @module
 */

import { readVersioned, writeJson } from './json.ts';

/** Every key is a metric by itself. */
export interface Scores {
  readonly questions: number;
  /** Over the tags that the tagger knows. */
  readonly f1_micro: number | null;
  /** Over all true tags: those that the tagger does not know count as missed. */
  readonly f1_micro_all_tags: number | null;
  readonly precision_micro: number | null;
  readonly recall_micro: number | null;
  /** Mean over the known tags that are true or predicted somewhere. */
  readonly f1_macro: number | null;
  /** Share of wrong cells of the table of questions and known tags. */
  readonly hamming_loss: number | null;
  /** Share of the questions with exactly their known tags. */
  readonly subset_accuracy: number | null;
  readonly true_positives: number;
  readonly false_positives: number;
  readonly false_negatives: number;
  /** Occurrences of tags that the tagger does not know. */
  readonly unknown_tags: number;
}

/** Questions with the tag, truly and as predicted. */
export interface TagCounts {
  readonly tag: string;
  readonly known: boolean;
  readonly true_positives: number;
  readonly false_positives: number;
  readonly false_negatives: number;
}

const FORMAT = 'dvc-like/tag-counts';
const VERSION = 1;

/** Tags that are true or predicted somewhere, in the order given. */
export const writeTagCounts = (path: string, tags: readonly TagCounts[]): void =>
  writeJson(path, { format: FORMAT, version: VERSION, tags });

export const readTagCounts = (path: string): readonly TagCounts[] =>
  (readVersioned(path, FORMAT, VERSION) as { readonly tags: readonly TagCounts[] }).tags;

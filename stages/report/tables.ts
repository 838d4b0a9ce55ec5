/**
 * `months.csv` and `tags.csv`: what the page shows, for other programs.
 *
 * @module
 */

import { writeCsv } from '../io/index.ts';
import type { Summary } from './summary.ts';

const MONTH_COLUMNS = [
  'questions',
  'f1_micro',
  'f1_micro_se',
  'f1_micro_low',
  'f1_micro_high',
  'f1_micro_bootstrap_low',
  'f1_micro_bootstrap_high',
  'f1_micro_all_tags',
  'precision_micro',
  'recall_micro',
  'f1_macro',
  'hamming_loss',
  'subset_accuracy',
  'lrap',
  'precision_at_1',
  'precision_at_3',
  'precision_at_5',
  'recall_at_5',
  'questions_with_known_tags',
  'true_positives',
  'false_positives',
  'false_negatives',
  'unknown_tags',
  'named_true_positives',
  'named_false_positives',
] as const;

const TAG_COLUMNS = ['support', 'precision', 'recall', 'f1', 'f1_low', 'f1_high'] as const;

export function writeTables({ months, tags }: Summary, monthsOut: string, tagsOut: string): void {
  writeCsv(
    monthsOut,
    ['month', ...MONTH_COLUMNS],
    months.map(({ month, scores }) => [month, ...MONTH_COLUMNS.map((column) => scores[column])]),
  );
  writeCsv(
    tagsOut,
    ['tag', 'known', ...TAG_COLUMNS],
    tags.map((tag) => [tag.tag, String(tag.known), ...TAG_COLUMNS.map((column) => tag[column])]),
  );
}

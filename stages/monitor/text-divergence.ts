/**
 * Whether a classifier can tell a month's texts from those of the last training months.
 *
 * @module
 */

import type { CleanQuestion } from '../io/index.ts';
import { fitDomainClassifier } from '../learn/evidently/index.ts';
import { normalTails } from '../learn/metrics/index.ts';

export interface TextDivergence {
  /** ROC AUC on the half of the texts that the classifier has not seen; 0.5 where they cannot be told apart. */
  readonly auc: number;
  /** That chance alone makes so high an AUC: Mann and Whitney's, the classifier being given. */
  readonly p: number;
  /** Words that speak for the month, and for the training. */
  readonly words: { readonly current: readonly string[]; readonly reference: readonly string[] };
}

/** Undefined where there are too few texts. */
export function textDivergence(
  reference: readonly CleanQuestion[],
  current: readonly CleanQuestion[],
): TextDivergence | undefined {
  const textsOf = (questions: readonly CleanQuestion[]): readonly string[] =>
    questions.map(({ title, text }) => `${title}\n${text}`);
  if (Math.min(reference.length, current.length) < FEWEST) return undefined;
  const { auc, judged, words } = fitDomainClassifier(textsOf(reference), textsOf(current));
  const others = judged.texts - judged.current;
  const deviation = Math.sqrt((judged.texts + 1) / (12 * judged.current * others));
  const tails = normalTails((auc - 0.5) / deviation);
  return { auc, p: auc > 0.5 ? tails / 2 : 1 - tails / 2, words };
}

/** So many on either side that both halves have some of each. */
const FEWEST = 20;

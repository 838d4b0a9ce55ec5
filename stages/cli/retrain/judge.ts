/**
 * Champion and challenger on the same questions.
 *
 * @module
 */

import type { CleanQuestion } from '../../io/index.ts';
import { type PairedDifference, pairedMicroF1Difference } from '../../learn/metrics/index.ts';
import { countByQuestion, type Tagger } from '../../learn/tagger/index.ts';

export interface Judgement {
  readonly kind: 'better' | 'not-better';
  readonly questions: number;
  /** Micro F1 over all true tags, from the champion's to the challenger's; null where there is too little to compare. */
  readonly difference: PairedDifference | null;
}

/** Better is who is so beyond chance: the whole 95 % interval of the difference is above 0. */
export function judge(champion: Tagger, challenger: Tagger, questions: readonly CleanQuestion[]): Judgement {
  const [from, to] = [countByQuestion(champion, questions), countByQuestion(challenger, questions)];
  const difference = pairedMicroF1Difference(from, to) ?? null;
  const isBetter = difference !== null && difference.low > 0;
  return { kind: isBetter ? 'better' : 'not-better', questions: questions.length, difference };
}

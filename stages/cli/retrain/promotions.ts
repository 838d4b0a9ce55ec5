/**
 * `promotions.jsonl`: what was decided of each challenger, a line each, the last at the end. It is committed.
 *
 * @module
 */

import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Judgement } from './judge.ts';
import type { Span } from './window.ts';

export interface Contender {
  /** SHA-256 of the model's manifest. */
  readonly model: string;
  readonly trained_on: Span;
  /** Micro F1 over all true tags of the compared months. */
  readonly f1_micro_all_tags: number | null;
}

export interface Promotion {
  /** When, in UTC. */
  readonly at: string;
  readonly decision: 'promoted' | 'kept';
  readonly compared_on: Span;
  readonly questions: number;
  readonly champion: Contender;
  readonly challenger: Contender;
  /** The challenger's less the champion's, with its standard error and 95 % interval. */
  readonly difference: {
    readonly value: number;
    readonly standard_error: number;
    readonly low: number;
    readonly high: number;
  } | null;
}

const PROMOTIONS = 'promotions.jsonl';

export function toPromotion(
  at: string,
  months: Span,
  { kind, questions, difference }: Judgement,
  champion: Omit<Contender, 'f1_micro_all_tags'>,
  challenger: Omit<Contender, 'f1_micro_all_tags'>,
): Promotion {
  return {
    at,
    decision: kind === 'better' ? 'promoted' : 'kept',
    compared_on: months,
    questions,
    champion: { ...champion, f1_micro_all_tags: difference?.from ?? null },
    challenger: { ...challenger, f1_micro_all_tags: difference?.to ?? null },
    difference: difference && {
      value: difference.value,
      standard_error: difference.standardError,
      low: difference.low,
      high: difference.high,
    },
  };
}

/** @param root Absolute, of the project. */
export const recordPromotion = (root: string, promotion: Promotion): void => {
  appendFileSync(join(root, PROMOTIONS), `${JSON.stringify(promotion)}\n`);
};

/**
 * A plan as data for scripts. Part of the public interface: keys are added, never changed.
 *
 * @module
 */

import { toPlain, type Value } from '../../cache/index.ts';
import type { Change, Plan } from '../plan/index.ts';
import { changeText, verdictReason } from './change-text.ts';

export interface StageJson {
  readonly name: string;
  readonly verdict: string;
  readonly reason: string;
  readonly changes: readonly ChangeJson[];
}

export type ChangeJson = Readonly<Record<string, unknown>> & { readonly kind: string; readonly text: string };

export const planJson = (plan: Plan): readonly StageJson[] =>
  plan.stages.map(({ stage, verdict }) => ({
    name: stage.name,
    verdict: verdict.kind,
    reason: verdictReason(verdict),
    changes: 'because' in verdict ? verdict.because.map(changeJson) : [],
  }));

export function changeJson(change: Change): ChangeJson {
  const plain = Object.entries(change).map(([key, value]): [string, unknown] => [key, plainOf(value)]);
  return { ...(Object.fromEntries(plain) as { kind: string }), text: changeText(change) };
}

const plainOf = (value: Value | undefined): unknown => (value === undefined ? null : toPlain(value));

/**
 * A plan for people: what each stage is going to do, and why.
 *
 * @module
 */

import type { Plan, Verdict } from '../plan/index.ts';
import type { ResolvedStage } from '../template/index.ts';
import { verdictReason } from './change-text.ts';
import { foldNames, foldStages } from './fold-stages.ts';

/** What a verdict is shown as, where there is room for one character. */
export const SIGNS: Readonly<Record<Verdict['kind'], string>> = {
  fresh: '=',
  frozen: '*',
  restore: '<',
  record: '>',
  run: '+',
  pending: '?',
  blocked: '!',
};

export interface StatusOptions {
  /** Also the stages that stay as they are. */
  readonly showFresh: boolean;
}

/** A line for each stage that is not fresh, members of a group with the same line as one, then the counts. */
export function statusText(plan: Plan, options: StatusOptions): string {
  const verdicts = new Map(plan.stages.map(({ stage, verdict }) => [stage, verdict]));
  const stages = new Map(plan.stages.map(({ stage }) => [stage.name, stage]));
  const shown = [...verdicts.keys()].filter((stage) => options.showFresh || isChanged(verdicts.get(stage)!));
  const saying = (stage: ResolvedStage): string => {
    const verdict = verdicts.get(stage)!;
    const reason =
      verdict.kind === 'pending' ? `waits for ${foldNames(verdict.on, stages)}` : verdictReason(verdict);
    return `${verdict.kind}\0${reason}`;
  };
  const folds = options.showFresh
    ? shown.map((stage) => ({ members: [stage], label: stage.name }))
    : foldStages(shown, saying);
  const width = folds.reduce((widest, { label }) => Math.max(widest, label.length), 0);
  const lines = folds.map(({ members, label }) => {
    const [kind, reason] = saying(members[0]!).split('\0') as [Verdict['kind'], string];
    return `${SIGNS[kind]} ${kind.padEnd(7)} ${label.padEnd(width)}  ${reason}`.trimEnd();
  });
  return [...lines, countsText(plan)].join('\n');
}

export const isChanged = (verdict: Verdict): boolean => verdict.kind !== 'fresh' && verdict.kind !== 'frozen';

function countsText(plan: Plan): string {
  if (!plan.stages.some(({ verdict }) => isChanged(verdict))) return 'Data and pipelines are up to date.';
  const counts = new Map<Verdict['kind'], number>();
  for (const { verdict } of plan.stages) counts.set(verdict.kind, (counts.get(verdict.kind) ?? 0) + 1);
  const kinds = ['run', 'restore', 'record', 'pending', 'blocked', 'frozen', 'fresh'] as const;
  return kinds.flatMap((kind) => (counts.has(kind) ? [`${counts.get(kind)!} ${kind}`] : [])).join(', ');
}

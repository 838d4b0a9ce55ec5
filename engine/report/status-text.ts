/**
 * A plan for people: what each stage is going to do, and why.
 *
 * @module
 */

import type { Plan, Verdict } from '../plan/index.ts';
import { changeText, listText, verdictReason } from './change-text.ts';

const SIGNS: Readonly<Record<Verdict['kind'], string>> = {
  fresh: '=',
  frozen: '*',
  restore: '<',
  run: '+',
  pending: '?',
  blocked: '!',
};

export interface StatusOptions {
  /** Also the stages that stay as they are. */
  readonly showFresh: boolean;
}

/** A line for each stage that is not fresh, then the counts. */
export function statusText(plan: Plan, options: StatusOptions): string {
  const shown = plan.stages.filter(({ verdict }) => options.showFresh || isChanged(verdict));
  const width = Math.max(0, ...shown.map(({ stage }) => stage.name.length));
  const lines = shown.map(({ stage, verdict }) => {
    const reason = verdictReason(verdict);
    const line = `${SIGNS[verdict.kind]} ${verdict.kind.padEnd(7)} ${stage.name.padEnd(width)}  ${reason}`;
    return line.trimEnd();
  });
  return [...lines, countsText(plan)].join('\n');
}

export const isChanged = (verdict: Verdict): boolean => verdict.kind !== 'fresh' && verdict.kind !== 'frozen';

export function countsText(plan: Plan): string {
  if (!plan.stages.some(({ verdict }) => isChanged(verdict))) return 'Data and pipelines are up to date.';
  const counts = new Map<Verdict['kind'], number>();
  for (const { verdict } of plan.stages) counts.set(verdict.kind, (counts.get(verdict.kind) ?? 0) + 1);
  const kinds = ['run', 'restore', 'pending', 'blocked', 'frozen', 'fresh'] as const;
  return kinds.flatMap((kind) => (counts.has(kind) ? [`${counts.get(kind)!} ${kind}`] : [])).join(', ');
}

/**
 * Why a stage runs or not: its own reasons, then those of what it waits for, back to the first cause.
 */
export function whyText(plan: Plan, name: string): string {
  const verdicts = new Map(plan.stages.map(({ stage, verdict }) => [stage.name, verdict]));
  const lines: string[] = [];
  const told = new Set<string>();
  const tell = (stage: string, depth: number): void => {
    const indent = '  '.repeat(depth);
    const verdict = verdicts.get(stage)!;
    if (told.has(stage)) {
      lines.push(`${indent}${stage} (above)`);
      return;
    }
    told.add(stage);
    lines.push(`${indent}${stage}: ${SENTENCES[verdict.kind]}`);
    for (const reason of reasonsOf(verdict)) lines.push(`${indent}  - ${reason}`);
    for (const upstream of upstreamOf(verdict)) tell(upstream, depth + 1);
  };
  tell(name, 0);
  return lines.join('\n');
}

const SENTENCES: Readonly<Record<Verdict['kind'], string>> = {
  fresh: 'stays as it is: its command, deps, params and outs are those of the lock',
  frozen: 'stays as it is: it is frozen',
  restore: 'comes from the cache',
  run: 'runs',
  pending: 'runs only if what it waits for comes out different',
  blocked: 'cannot run',
};

function reasonsOf(verdict: Verdict): readonly string[] {
  if ('because' in verdict) return verdict.because.map(changeText);
  if (verdict.kind === 'blocked') return verdict.by.map(({ message }) => message);
  return verdict.kind === 'pending' ? [`waits for ${listText(verdict.on)}`] : [];
}

function upstreamOf(verdict: Verdict): readonly string[] {
  if (verdict.kind === 'pending') return verdict.on;
  return verdict.kind === 'blocked' ? verdict.upstream : [];
}

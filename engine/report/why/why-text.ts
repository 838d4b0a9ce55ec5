/**
 * `why`: the chain from the first cause to a stage, each link with what changed in it.
 *
 * @module
 */

import { renderDiagnostics } from '../../core/index.ts';
import type { StageGraph } from '../../graph/index.ts';
import type { Change, Plan, Verdict } from '../../plan/index.ts';
import type { ResolvedStage } from '../../template/index.ts';
import type { Contents } from '../../workspace/index.ts';
import { changeText } from '../change-text.ts';
import { foldNames, foldStages } from '../fold-stages.ts';
import { changeDetail } from './change-detail.ts';

export interface WhyOptions {
  /** Told in a unified diff of texts, and counts of the rest. */
  readonly contents: Contents;
  /** The commit whose lock the workspace is compared with; undefined for the lock of now. */
  readonly since: string | undefined;
}

/** First causes first, the stage itself last. */
export function whyText(graph: StageGraph, plan: Plan, name: string, options: WhyOptions): string {
  const verdicts = new Map(plan.stages.map(({ stage, verdict }) => [stage.name, verdict]));
  const own = verdicts.get(name)!;
  const headline = `${name} ${sentence(own, options)}`;
  const chain = causesOf(graph, verdicts, name);
  if (chain.size === 0) return [headline, ...restingText(graph, name, own, options)].join('\n');
  const stages = plan.stages.map(({ stage }) => stage).filter((stage) => chain.has(stage.name));
  const tell = (stage: ResolvedStage): readonly string[] =>
    linkText(graph, stage, verdicts.get(stage.name)!, options);
  const folds = foldStages(stages, (stage) => tell(stage).join('\n'));
  const links = folds.flatMap(({ label, members }) => {
    const [stage] = members;
    const [saying, ...details] = tell(stage!);
    return ['', `${label} ${saying!}`, ...details.map((line) => `    ${line}`.trimEnd())];
  });
  const isOwnCause = chain.size === 1 && chain.has(name);
  return (isOwnCause ? links.slice(1) : [headline, ...links]).join('\n');
}

/** The stage and all upstream of it that is not fresh, as far as it is a cause. */
function causesOf(
  graph: StageGraph,
  verdicts: ReadonlyMap<string, Verdict>,
  name: string,
): ReadonlySet<string> {
  const chain = new Set<string>();
  const add = (stage: string): void => {
    const verdict = verdicts.get(stage);
    if (verdict === undefined || verdict.kind === 'fresh' || verdict.kind === 'frozen') return;
    if (chain.has(stage)) return;
    chain.add(stage);
    for (const upstream of graph.upstream(stage)) add(upstream);
  };
  add(name);
  return chain;
}

const SENTENCES: Readonly<Record<Verdict['kind'], string>> = {
  fresh: 'stays as it is',
  frozen: 'stays as it is: it is frozen, its inputs are not looked at',
  restore: 'is restored: the cache has what it makes of these inputs',
  record: 'is recorded as it stands',
  run: 'runs',
  pending: 'runs only if something that it reads comes out different',
  blocked: 'cannot run',
};

function sentence({ kind }: Verdict, { since }: WhyOptions): string {
  if (since === undefined || kind === 'blocked' || kind === 'frozen') return SENTENCES[kind];
  return kind === 'fresh' ? `is as it was in ${since}` : `has changed since ${since}`;
}

/** What was looked at, of a stage that does not run. */
function restingText(
  graph: StageGraph,
  name: string,
  verdict: Verdict,
  options: WhyOptions,
): readonly string[] {
  if (verdict.kind !== 'fresh') return [];
  const stage = graph.stages.get(name)!;
  const what =
    stage.action.kind === 'module' ? 'the code of its module and what it is called with' : 'its command';
  const counted = [
    [stage.deps.length, 'dep'],
    [stage.params.reduce((sum, { keys }) => sum + (keys === 'all' ? 1 : keys.length), 0), 'param'],
    [stage.outs.length, 'out'],
  ] as const;
  const counts = counted.flatMap(([count, word]) =>
    count === 0 ? [] : [`${count} ${word}${count === 1 ? '' : 's'}`],
  );
  const all = counts.length === 0 ? '' : `, its ${counts.join(', ')}`;
  return [`    as in ${options.since === undefined ? 'the lock' : 'its lock'}: ${what}${all}`];
}

const DONE_TO_IT = { run: 'runs', restore: 'is restored', record: 'is recorded as it stands' } as const;

/** One link: what happens to the stage, then the reasons, each with its details. */
function linkText(
  graph: StageGraph,
  stage: ResolvedStage,
  verdict: Verdict,
  options: WhyOptions,
): readonly string[] {
  switch (verdict.kind) {
    case 'run':
    case 'restore':
    case 'record':
      return [
        options.since !== undefined ? 'differs' : DONE_TO_IT[verdict.kind],
        ...reasonsText(stage, verdict.because, options),
      ];
    case 'pending':
      return [`waits for ${foldNames(verdict.on, graph.stages)}`];
    case 'blocked':
      return verdict.by.length === 0
        ? [`needs ${foldNames(verdict.upstream, graph.stages)}`]
        : ['cannot run', ...renderDiagnostics(verdict.by).split('\n')];
    case 'fresh':
    case 'frozen':
      return ['stays as it is'];
  }
}

const reasonsText = (
  stage: ResolvedStage,
  because: readonly Change[],
  { contents }: WhyOptions,
): readonly string[] =>
  because.flatMap((change) => [
    changeText(change),
    ...changeDetail(change, stage, contents).map((line) => `    ${line}`),
  ]);

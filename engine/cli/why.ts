/**
 * `why STAGE`: why it runs, or does not; or what changed in it since a commit.
 *
 * @module
 */

import { ok, type Result } from '../../cache/index.ts';
import type { Diagnostic } from '../core/index.ts';
import { NAMED, selectTargets, WITH_UPSTREAM } from '../graph/index.ts';
import type { Plan } from '../plan/index.ts';
import { planJson, type WhyOptions, whyText } from '../report/index.ts';
import { compareWithRevision, contentsOf, type Workspace } from '../workspace/index.ts';
import { EXIT } from './exit-code.ts';
import { fail } from './fail.ts';
import { openForReading } from './open-project.ts';
import { planTargets } from './plan-targets.ts';
import { printJson, type Terminal } from './terminal.ts';

export interface WhyFlags {
  readonly since?: string;
  readonly json?: true;
}

export async function why(terminal: Terminal, target: string, flags: WhyFlags): Promise<number> {
  const workspace = await openForReading(terminal);
  const answer = workspace.ok ? answerWhy(workspace.value, target, flags) : workspace;
  if (!workspace.ok || !answer.ok) {
    const diagnostics = answer.ok ? [] : answer.error;
    return fail(terminal, diagnostics);
  }
  const { graph } = workspace.value.pipeline;
  const { targets, plan, options } = answer.value;
  if (flags.json) printJson(terminal, { targets, stages: planJson(plan) });
  else terminal.out(`${targets.map((name) => whyText(graph, plan, name, options)).join('\n\n')}\n`);
  return EXIT.done;
}

interface Answer {
  readonly targets: readonly string[];
  readonly plan: Plan;
  readonly options: WhyOptions;
}

function answerWhy(
  workspace: Workspace,
  target: string,
  { since }: WhyFlags,
): Result<Answer, readonly Diagnostic[]> {
  const { graph } = workspace.pipeline;
  const targets = selectTargets(graph, [target], NAMED);
  if (!targets.ok) return targets;
  const selected = selectTargets(graph, targets.value, WITH_UPSTREAM);
  if (!selected.ok) return selected;
  if (since === undefined) {
    const plan = planTargets(workspace, [target]);
    const options: WhyOptions = { contents: contentsOf(workspace), since: undefined };
    return plan.ok ? ok({ targets: targets.value, plan: plan.value, options }) : plan;
  }
  const compared = compareWithRevision(workspace, since, selected.value);
  if (!compared.ok) return compared;
  const { plan, contents } = compared.value;
  return ok({ targets: targets.value, plan, options: { contents, since } });
}

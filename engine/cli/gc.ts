/**
 * `gc`: removes objects of the cache that nothing names any more.
 *
 * @module
 */

import { isDigest, ok } from '../../cache/index.ts';
import type { Diagnostic } from '../core/index.ts';
import { garbageText } from '../report/index.ts';
import { type GarbagePlan, planGarbage, removeGarbage, removeRemoteGarbage } from '../run/index.ts';
import type { Workspace } from '../workspace/index.ts';
import { EXIT } from './exit-code.ts';
import { fail } from './fail.ts';
import { openForWork } from './open-project.ts';
import { quietReporter } from './quiet-reporter.ts';
import { remoteOptions } from './remote-options.ts';
import { type ScopeFlags, scopesOf } from './revision-scopes.ts';
import { printJson, type Terminal } from './terminal.ts';

export interface GcFlags extends ScopeFlags {
  readonly workspace?: true;
  readonly runCache?: true;
  readonly dry?: true;
  readonly force?: true;
  readonly verbose?: true;
  readonly why?: string;
  readonly cloud?: true;
  readonly remote?: string;
  readonly json?: true;
}

export async function gc(terminal: Terminal, flags: GcFlags): Promise<number> {
  const wrong = usageError(flags);
  if (wrong !== undefined) return fail(terminal, [wrong]);
  const done = await openForWork(terminal, quietReporter(terminal), {}, (workspace) =>
    collect(terminal, workspace, flags),
  );
  return done.ok ? done.value : fail(terminal, done.error);
}

function usageError(flags: GcFlags): Diagnostic | undefined {
  const scopes = [flags.workspace, flags.allBranches, flags.allTags, flags.allCommits];
  if (!scopes.includes(true)) {
    return {
      code: 'E_USAGE',
      message: 'Say what is to be kept',
      hint: 'with -w what the workspace needs, with -A what any commit needs; --dry shows what would go',
    };
  }
  if (flags.why !== undefined && !isDigest(flags.why)) {
    return {
      code: 'E_USAGE',
      message: `"${flags.why}" is not a digest`,
      hint: '"gc --dry -v" lists digests',
    };
  }
  if (flags.dry || flags.force || flags.why !== undefined) return undefined;
  return {
    code: 'E_USAGE',
    message: 'Objects that are removed cannot be brought back',
    hint: 'look with --dry, then pass -f',
  };
}

async function collect(terminal: Terminal, workspace: Workspace, flags: GcFlags): Promise<number> {
  const plan = planGarbage(workspace, { scopes: scopesOf(flags), withRunCache: flags.runCache === true });
  if (!plan.ok) return fail(terminal, plan.error);
  if (flags.why !== undefined) {
    terminal.out(`${keeperText(plan.value, flags.why)}\n`);
    return EXIT.done;
  }
  const remote = flags.cloud ? await collectRemote(terminal, workspace, plan.value, flags) : ok([]);
  if (!remote.ok) return fail(terminal, remote.error);
  if (!flags.dry) removeGarbage(workspace, plan.value);
  if (flags.json) {
    const kept = Object.fromEntries(
      [...plan.value.kept].map(([keeper, objects]) => [keeper, objects.length]),
    );
    const { removed, removedRuns } = plan.value;
    const inRemote = flags.cloud ? { removedFromRemote: remote.value } : {};
    printJson(terminal, { kept, removed, removedRuns: removedRuns.length, ...inRemote });
  } else {
    const text = garbageText(plan.value, { isDone: !flags.dry, isVerbose: flags.verbose === true });
    terminal.out(`${text}\n`);
    if (flags.cloud) {
      const verb = flags.dry ? 'would be removed' : 'removed';
      terminal.out(`${remote.value.length} objects ${verb} in the remote\n`);
    }
  }
  return EXIT.done;
}

const collectRemote = (
  terminal: Terminal,
  workspace: Workspace,
  plan: GarbagePlan,
  flags: GcFlags,
): ReturnType<typeof removeRemoteGarbage> =>
  removeRemoteGarbage(workspace, {
    ...remoteOptions(flags.remote),
    kept: new Set(plan.keeperOf.keys()),
    isDry: flags.dry === true,
    signal: terminal.interrupted(),
  });

function keeperText({ keeperOf }: GarbagePlan, digest: string): string {
  const keeper = isDigest(digest) ? keeperOf.get(digest) : undefined;
  return keeper === undefined ? `Nothing keeps ${digest}` : `${digest} is kept by ${keeper}`;
}

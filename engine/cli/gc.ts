/**
 * `gc`: removes objects of the cache that nothing names any more.
 *
 * @module
 */

import { posix } from 'node:path';
import { type Digest, err, isDigest, ok, type Result } from '../../cache/index.ts';
import type { Diagnostic } from '../core/index.ts';
import type { RevisionSelection } from '../project/index.ts';
import { garbageText } from '../report/index.ts';
import {
  type GarbagePlan,
  inRemotes,
  type NamedObjects,
  namedObjects,
  planGarbage,
  removeGarbage,
  removeRemoteGarbage,
} from '../run/index.ts';
import type { Workspace } from '../workspace/index.ts';
import { EXIT } from './exit-code.ts';
import { fail } from './fail.ts';
import { readJobs } from './jobs.ts';
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
  readonly rev?: string;
  readonly num?: string;
  readonly date?: string;
  readonly notInRemote?: true;
  readonly skipFailed?: true;
  readonly allExperiments?: true;
  /** True without any. */
  readonly projects?: readonly string[] | true;
  readonly jobs?: string;
}

export async function gc(terminal: Terminal, flags: GcFlags): Promise<number> {
  const wrong = usageError(flags);
  if (wrong !== undefined) return fail(terminal, [wrong]);
  const revisions = revisionsOf(flags);
  if (!revisions.ok) return fail(terminal, [revisions.error]);
  const jobs = readJobs(flags.jobs);
  if (typeof jobs === 'object') return fail(terminal, [jobs]);
  const done = await withProjects(terminal, projectsOf(flags), [], (others) =>
    openForWork(terminal, quietReporter(terminal), {}, (workspace) =>
      collect(terminal, workspace, { revisions: revisions.value, others, jobs }, flags),
    ),
  );
  return done.ok ? done.value : fail(terminal, done.error);
}

const projectsOf = ({ projects }: GcFlags): readonly string[] =>
  projects === undefined || projects === true ? [] : projects;

/** Holds the lock of each of them while `work` goes on. */
async function withProjects(
  terminal: Terminal,
  paths: readonly string[],
  opened: readonly Workspace[],
  work: (others: readonly Workspace[]) => Promise<Result<number, readonly Diagnostic[]>>,
): Promise<Result<number, readonly Diagnostic[]>> {
  const [path, ...rest] = paths;
  if (path === undefined) return work(opened);
  const there = { ...terminal, cwd: posix.resolve(terminal.cwd, path) };
  const done = await openForWork(there, quietReporter(terminal), {}, (workspace) =>
    withProjects(terminal, rest, [...opened, workspace], work),
  );
  return done.ok ? done.value : done;
}

interface Collection {
  readonly revisions: RevisionSelection;
  /** Whose objects are kept too. */
  readonly others: readonly Workspace[];
  readonly jobs: number | undefined;
}

function usageError(flags: GcFlags): Diagnostic | undefined {
  const { workspace, allBranches, allTags, allCommits, allExperiments, rev, date } = flags;
  const scopes = [workspace, allBranches, allTags, allCommits, allExperiments, rev, date];
  if (scopes.every((scope) => scope === undefined)) {
    return {
      code: 'E_USAGE',
      message: 'Say what is to be kept',
      hint: 'with -w what the workspace needs, with -A what any commit needs; --dry shows what would go',
    };
  }
  if (flags.notInRemote && flags.cloud) {
    return {
      code: 'E_USAGE',
      message: '"--not-in-remote" and "--cloud" exclude each other',
      hint: 'the one keeps what only the cache has, the other collects in the remote too',
    };
  }
  if (flags.num !== undefined && flags.rev === undefined && flags.allBranches === undefined) {
    return {
      code: 'E_USAGE',
      message: `"--num ${flags.num}" has nothing to count from`,
      hint: 'name a revision with --rev, or take all branches with -a',
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

/** The dates are those of commits, and days those of this machine's clock, as for DVC. */
function revisionsOf(flags: GcFlags): Result<RevisionSelection, Diagnostic> {
  const { num = '1', date } = flags;
  if (!/^-?\d{1,9}$/.test(num)) return err({ code: 'E_USAGE', message: `"--num ${num}" is not a number` });
  const since = date === undefined ? undefined : localMidnight(date);
  if (date !== undefined && since === undefined) {
    return err({
      code: 'E_USAGE',
      message: `"--date ${date}" is not a day`,
      hint: 'write it as year-month-day: 2024-02-29',
    });
  }
  return ok({ scopes: scopesOf(flags), revision: flags.rev, count: Number(num) || 1, since });
}

function localMidnight(day: string): Date | undefined {
  const [, year, month, date] = (/^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(day) ?? []).map(Number);
  if (year === undefined || month === undefined || date === undefined) return undefined;
  const midnight = new Date(year, month - 1, date);
  return midnight.getMonth() === month - 1 && midnight.getDate() === date ? midnight : undefined;
}

async function collect(
  terminal: Terminal,
  workspace: Workspace,
  { revisions, others, jobs }: Collection,
  flags: GcFlags,
): Promise<number> {
  const named = namedObjects(workspace, { revisions, others, skipsUnreadable: flags.skipFailed === true });
  if (!named.ok) return fail(terminal, named.error);
  const elsewhere = flags.notInRemote
    ? await inRemotesOf(terminal, workspace, named.value, { ...flags, count: jobs })
    : ok(new Set<Digest>());
  if (!elsewhere.ok) return fail(terminal, elsewhere.error);
  const plan = planGarbage(workspace, named.value, {
    withRunCache: flags.runCache === true,
    elsewhere: elsewhere.value,
  });
  if (flags.why !== undefined) {
    terminal.out(`${keeperText(plan, flags.why)}\n`);
    return EXIT.done;
  }
  const remote = flags.cloud
    ? await collectRemote(terminal, workspace, plan, { ...flags, count: jobs })
    : ok([]);
  if (!remote.ok) return fail(terminal, remote.error);
  if (!flags.dry) removeGarbage(workspace, plan);
  if (flags.json) {
    const kept = Object.fromEntries([...plan.kept].map(([keeper, objects]) => [keeper, objects.length]));
    const { removed, removedRuns } = plan;
    const inRemote = flags.cloud ? { removedFromRemote: remote.value } : {};
    printJson(terminal, { kept, removed, removedRuns: removedRuns.length, ...inRemote });
  } else {
    const text = garbageText(plan, { isDone: !flags.dry, isVerbose: flags.verbose === true });
    terminal.out(`${text}\n`);
    if (flags.cloud) {
      const verb = flags.dry ? 'would be removed' : 'removed';
      terminal.out(`${remote.value.length} objects ${verb} in the remote\n`);
    }
  }
  return EXIT.done;
}

interface JobCount {
  readonly count: number | undefined;
}

function inRemotesOf(
  terminal: Terminal,
  workspace: Workspace,
  named: NamedObjects,
  { remote, count }: GcFlags & JobCount,
): ReturnType<typeof inRemotes> {
  const used = new Map<string | undefined, Set<Digest>>();
  for (const [digest, { remote: own }] of named) used.set(own, (used.get(own) ?? new Set()).add(digest));
  return inRemotes(workspace, used, {
    ...remoteOptions(remote, count),
    bringsTrees: true,
    signal: terminal.interrupted(),
  });
}

const collectRemote = (
  terminal: Terminal,
  workspace: Workspace,
  plan: GarbagePlan,
  flags: GcFlags & JobCount,
): ReturnType<typeof removeRemoteGarbage> =>
  removeRemoteGarbage(workspace, {
    ...remoteOptions(flags.remote, flags.count),
    kept: new Set(plan.keeperOf.keys()),
    isDry: flags.dry === true,
    signal: terminal.interrupted(),
  });

function keeperText({ keeperOf }: GarbagePlan, digest: string): string {
  const keeper = isDigest(digest) ? keeperOf.get(digest) : undefined;
  return keeper === undefined ? `Nothing keeps ${digest}` : `${digest} is kept by ${keeper}`;
}

/**
 * `add`: puts data under `.dvc` files.
 *
 * @module
 */

import { posix } from 'node:path';
import { err, ok, type Result } from '../../cache/index.ts';
import type { Diagnostic } from '../core/index.ts';
import { addCopy, addData, addToRemote, globPaths } from '../data/index.ts';
import type { Reporter } from '../run/index.ts';
import type { Workspace } from '../workspace/index.ts';
import { EXIT } from './exit-code.ts';
import { fail } from './fail.ts';
import { readJobs } from './jobs.ts';
import { onlyDvc } from './only-dvc.ts';
import { openForWork } from './open-project.ts';
import { quietReporter } from './quiet-reporter.ts';
import { remoteOptions } from './remote-options.ts';
import type { Terminal } from './terminal.ts';
import { fromCwd, toCwd } from './value-flags.ts';

export interface AddFlags {
  readonly out?: string;
  readonly force?: true;
  readonly glob?: true;
  readonly toRemote?: true;
  readonly remote?: string;
  readonly remoteJobs?: string;
  /** False with `--no-commit`. */
  readonly commit: boolean;
  /** False with `--no-relink`. */
  readonly relink: boolean;
}

export async function add(terminal: Terminal, targets: readonly string[], flags: AddFlags): Promise<number> {
  const wrong = usageError(targets, flags);
  if (wrong !== undefined) return fail(terminal, [wrong]);
  const jobs = readJobs(flags.remoteJobs);
  if (typeof jobs === 'object') return fail(terminal, [jobs]);
  const report = quietReporter(terminal);
  const done = await openForWork(terminal, report, {}, (workspace) =>
    flags.toRemote
      ? send(terminal, workspace, targets[0]!, { ...flags, jobs })
      : Promise.resolve(addAll(terminal, workspace, targets, { ...flags, report })),
  );
  return done.ok ? done.value : fail(terminal, done.error);
}

function usageError(targets: readonly string[], flags: AddFlags): Diagnostic | undefined {
  if (flags.out === undefined && !flags.toRemote) {
    const alone = flags.remote !== undefined ? '--remote' : flags.remoteJobs ? '--remote-jobs' : undefined;
    if (alone === undefined) return undefined;
    return { code: 'E_USAGE', message: `"${alone}" goes with "--to-remote"` };
  }
  const flag = flags.toRemote ? '--to-remote' : '--out';
  const other = flags.glob ? '"--glob"' : flags.commit ? undefined : '"--no-commit"';
  if (other !== undefined) return { code: 'E_USAGE', message: `"${flag}" and ${other} exclude each other` };
  if (targets.length === 1) return undefined;
  return { code: 'E_USAGE', message: `"${flag}" takes one target, not ${targets.length}` };
}

async function send(
  terminal: Terminal,
  workspace: Workspace,
  target: string,
  flags: AddFlags & { readonly jobs: number | undefined },
): Promise<number> {
  const { project } = workspace;
  const wrong = onlyDvc(project, 'add');
  if (wrong !== undefined) return fail(terminal, [wrong]);
  const added = await addToRemote(workspace, posix.resolve(terminal.cwd, target), {
    ...remoteOptions(flags.remote, flags.jobs),
    out: flags.out === undefined ? undefined : fromCwd(terminal, project, flags.out),
    force: flags.force === true,
    directory: fromCwd(terminal, project, '.'),
    signal: terminal.interrupted(),
  });
  return added.ok ? told(terminal, workspace, [added.value]) : fail(terminal, added.error);
}

function addAll(
  terminal: Terminal,
  workspace: Workspace,
  targets: readonly string[],
  flags: AddFlags & { readonly report: Reporter },
): number {
  const { project } = workspace;
  const wrong = onlyDvc(project, 'add');
  if (wrong !== undefined) return fail(terminal, [wrong]);
  if (flags.out !== undefined) {
    const source = posix.resolve(terminal.cwd, targets[0]!);
    const out = fromCwd(terminal, project, flags.out);
    const added = addCopy(workspace, source, out, { force: flags.force === true, report: flags.report });
    return added.ok ? told(terminal, workspace, [added.value]) : fail(terminal, added.error);
  }
  const paths = flags.glob ? globbed(terminal, workspace, targets) : ok(targets);
  if (!paths.ok) return fail(terminal, [paths.error]);
  const added = addData(
    workspace,
    paths.value.map((path) => fromCwd(terminal, project, path)),
    { isCached: flags.commit, isLinked: flags.relink, report: flags.report },
  );
  const exitCode = told(terminal, workspace, added.files);
  return added.failures.length > 0 ? fail(terminal, added.failures) : exitCode;
}

function globbed(
  terminal: Terminal,
  { fs }: Workspace,
  patterns: readonly string[],
): Result<readonly string[], Diagnostic> {
  const paths = patterns.flatMap((pattern) => globPaths(fs, terminal.cwd, pattern));
  if (paths.length > 0) return ok(paths);
  const quoted = patterns.map((pattern) => `"${pattern}"`).join(', ');
  return err({ code: 'E_NO_SUCH_FILE', message: `Nothing is named ${quoted}`, hint: 'quote patterns' });
}

function told(terminal: Terminal, { project }: Workspace, files: readonly string[]): number {
  for (const file of files) terminal.out(`${toCwd(terminal, project, file)}\n`);
  return EXIT.done;
}

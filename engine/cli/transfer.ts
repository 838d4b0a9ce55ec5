/**
 * `push`, `fetch` and `pull`: objects to and from remotes.
 *
 * @module
 */

import { ok, type Result, type TransferProgress } from '../../cache/index.ts';
import type { Diagnostic } from '../core/index.ts';
import { sizeText } from '../report/index.ts';
import { checkoutStages, type TransferReport, transferStages, usedObjects } from '../run/index.ts';
import type { Workspace } from '../workspace/index.ts';
import { EXIT } from './exit-code.ts';
import { fail } from './fail.ts';
import { openHolding, stagesNamed } from './hold-paths.ts';
import { readJobs } from './jobs.ts';
import { quietReporter } from './quiet-reporter.ts';
import { remoteOptions } from './remote-options.ts';
import { type ScopeFlags, scopesOf } from './revision-scopes.ts';
import { type SelectedOuts, selectOuts } from './select-outs.ts';
import { printDiagnostics, type Terminal } from './terminal.ts';

export interface TransferFlags extends ScopeFlags {
  readonly remote?: string;
  readonly jobs?: string;
  readonly withDeps?: true;
  readonly recursive?: true;
  readonly glob?: true;
  readonly runCache?: true;
  readonly force?: true;
  readonly allowMissing?: true;
}

type Kind = 'push' | 'fetch' | 'pull';

export async function transfer(
  terminal: Terminal,
  kind: Kind,
  targets: readonly string[],
  flags: TransferFlags,
): Promise<number> {
  const jobs = readJobs(flags.jobs);
  if (typeof jobs === 'object') return fail(terminal, [jobs]);
  const done = await openHolding(terminal, quietReporter(terminal), {}, (workspace) => {
    const { graph } = workspace.pipeline;
    const selected = selectOuts(workspace, targets, flags);
    if (!selected.ok) return Promise.resolve(selected);
    const outs = selected.value;
    const work = async (): Promise<number> => {
      const signal = terminal.interrupted();
      const report = await move(terminal, workspace, kind, outs, { ...flags, count: jobs, signal });
      if (report.ok) return finish(terminal, workspace, kind, outs, report.value, flags);
      const exitCode = fail(terminal, report.error);
      return signal.aborted ? EXIT.interrupted : exitCode;
    };
    return Promise.resolve(ok({ stages: kind === 'pull' ? stagesNamed(graph, outs.names) : [], work }));
  });
  return done.ok ? done.value : fail(terminal, done.error);
}

async function move(
  terminal: Terminal,
  workspace: Workspace,
  kind: Kind,
  outs: SelectedOuts,
  flags: TransferFlags & { readonly count: number | undefined; readonly signal: AbortSignal },
): Promise<Result<TransferReport, readonly Diagnostic[]>> {
  const used = usedObjects(workspace, outs.names, scopesOf(flags), outs.isMeant);
  if (!used.ok) return used;
  if (used.value.size === 0 && !flags.runCache && workspace.project.dialect === 'native')
    return ok({ moved: 0, failures: [], missing: [] });
  const progress = progressLine(terminal, kind);
  try {
    return await transferStages(workspace, used.value, {
      ...remoteOptions(flags.remote, flags.count),
      direction: kind === 'push' ? 'push' : 'fetch',
      withRunCache: flags.runCache === true,
      signal: flags.signal,
      onProgress: progress.show,
    });
  } finally {
    progress.clear();
  }
}

function finish(
  terminal: Terminal,
  workspace: Workspace,
  kind: Kind,
  outs: SelectedOuts,
  { moved, failures, missing }: TransferReport,
  flags: TransferFlags,
): number {
  // DVC moves what there is. A pull fails where the workspace needs the rest.
  const isMissingFine = workspace.project.dialect === 'dvc';
  const problems = isMissingFine ? [...failures] : [...failures, ...missing];
  if (isMissingFine) for (const { message } of missing) terminal.error(`Warning: ${message}\n`);
  if (kind === 'pull') {
    const checkedOut = checkoutStages(workspace, outs.names, { ...outs, force: flags.force });
    if (!checkedOut.ok) {
      printDiagnostics(terminal, [...problems, ...checkedOut.error]);
      return EXIT.failed;
    }
    for (const path of checkedOut.value.restored) terminal.out(`M       ${path}\n`);
    if (!flags.allowMissing) problems.push(...checkedOut.value.failures);
  }
  const verb = kind === 'push' ? 'pushed' : 'fetched';
  terminal.out(
    moved === 0 && failures.length + missing.length === 0
      ? 'Everything is up to date.\n'
      : `${moved} ${moved === 1 ? 'file' : 'files'} ${verb}\n`,
  );
  if (problems.length === 0) return EXIT.done;
  printDiagnostics(terminal, problems);
  return kind === 'pull' && flags.allowMissing ? EXIT.done : EXIT.failed;
}

/** One line on a terminal, written over and over; nothing elsewhere. */
function progressLine(
  terminal: Terminal,
  kind: Kind,
): { readonly show: (progress: TransferProgress) => void; readonly clear: () => void } {
  const { screen } = terminal;
  if (screen === undefined) return { show: () => undefined, clear: () => undefined };
  const verb = kind === 'push' ? 'Pushing' : 'Fetching';
  return {
    show: ({ files, filesDone, bytesDone }) => {
      const share = files === 0 ? 1 : filesDone / files;
      const cells = Math.max(10, Math.min(30, screen.size().columns - 50));
      const full = Math.round(share * cells);
      const bar = `${'█'.repeat(full)}${'░'.repeat(cells - full)}`;
      screen.write(`\r\u001b[K${verb} ${bar} ${filesDone}/${files} files, ${sizeText(bytesDone)}`);
    },
    clear: () => {
      screen.write('\r\u001b[K');
    },
  };
}

/**
 * `push`, `fetch` and `pull`: objects to and from remotes.
 *
 * @module
 */

import { type Digest, ok, type Result, type TransferProgress } from '../../cache/index.ts';
import type { Diagnostic } from '../core/index.ts';
import { sizeText } from '../report/index.ts';
import {
  checkoutStages,
  isInPart,
  type TransferReport,
  transferStages,
  type UsedObjects,
  usedObjects,
} from '../run/index.ts';
import type { Workspace } from '../workspace/index.ts';
import { EXIT } from './exit-code.ts';
import { fail } from './fail.ts';
import { openHolding, stagesNamed } from './hold-paths.ts';
import { readJobs } from './jobs.ts';
import { quietReporter } from './quiet-reporter.ts';
import { remoteOptions } from './remote-options.ts';
import type { ScopeFlags } from './revision-scopes.ts';
import type { SelectedOuts } from './select-outs.ts';
import { type MovedOut, type OutType, selectVersions } from './select-versions.ts';
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
  readonly maxSize?: string;
  readonly type?: readonly OutType[];
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
  const maxBytes = readSize(flags.maxSize);
  if (typeof maxBytes === 'object') return fail(terminal, [maxBytes]);
  const done = await openHolding(terminal, quietReporter(terminal), {}, (workspace) => {
    const { graph } = workspace.pipeline;
    const selected = selectVersions(workspace, targets, { ...flags, maxBytes });
    if (!selected.ok) return Promise.resolve(selected);
    const { here, outs, warnings } = selected.value;
    for (const { message } of warnings) terminal.error(`Warning: ${message}\n`);
    const work = async (): Promise<number> => {
      const signal = terminal.interrupted();
      const report = await move(terminal, workspace, kind, outs, { ...flags, count: jobs, signal });
      if (report.ok) return finish(terminal, workspace, kind, here, report.value, flags);
      const exitCode = fail(terminal, report.error);
      return signal.aborted ? EXIT.interrupted : exitCode;
    };
    return Promise.resolve(
      ok({ stages: kind === 'pull' ? stagesNamed(graph, here.ok ? here.value.names : []) : [], work }),
    );
  });
  return done.ok ? done.value : fail(terminal, done.error);
}

function readSize(text: string | undefined): number | undefined | Diagnostic {
  if (text === undefined || /^-?\d{1,15}$/.test(text)) return text === undefined ? undefined : Number(text);
  return { code: 'E_USAGE', message: `"--max-size ${text}" is not a number of bytes` };
}

async function move(
  terminal: Terminal,
  workspace: Workspace,
  kind: Kind,
  outs: readonly MovedOut[],
  flags: TransferFlags & { readonly count: number | undefined; readonly signal: AbortSignal },
): Promise<Result<TransferReport, readonly Diagnostic[]>> {
  const used = usedObjects(outs);
  if (used.size === 0 && !flags.runCache && workspace.project.dialect === 'native')
    return ok({ moved: 0, failures: [], missing: [] });
  const progress = progressLine(terminal, kind);
  try {
    if (kind !== 'push' && hasNoRemote(workspace, used, flags)) return ok(nothingMoved(workspace, used));
    return await transferStages(workspace, used, {
      ...remoteOptions(flags.remote, flags.count),
      direction: kind === 'push' ? 'push' : 'fetch',
      withRunCache: flags.runCache === true,
      signal: flags.signal,
      onProgress: progress.show,
      isMember: membersMeant(outs),
    });
  } finally {
    progress.clear();
  }
}

/** Of a directory out of which only parts are targets: what lies in these. */
function membersMeant(outs: readonly MovedOut[]): (tree: Digest, path: string) => boolean {
  /** Of each tree, what is meant of it; undefined: all. */
  const meant = new Map<Digest, readonly string[] | undefined>();
  for (const { locked, parts } of outs) {
    if (locked.digest === undefined) continue;
    const others = meant.has(locked.digest) ? meant.get(locked.digest) : [];
    meant.set(locked.digest, others === undefined || parts.length === 0 ? undefined : [...others, ...parts]);
  }
  return (tree, path) => meant.get(tree)?.some((part) => isInPart(path, part)) ?? true;
}

/** In a DVC repository without one, nothing is brought, and what the cache has serves. */
const hasNoRemote = ({ project, config }: Workspace, used: UsedObjects, { remote }: TransferFlags): boolean =>
  project.dialect === 'dvc' &&
  remote === undefined &&
  config.core.remote === undefined &&
  [...used.keys()].every((name) => name === undefined);

function nothingMoved({ store }: Workspace, used: UsedObjects): TransferReport {
  const lacking = store.lacking([...used.values()].flatMap((digests) => [...digests]));
  const message = `There is no remote, and ${lacking.length} of the objects are not in the cache`;
  return { moved: 0, failures: [], missing: lacking.length === 0 ? [] : [{ code: 'E_NO_REMOTE', message }] };
}

function finish(
  terminal: Terminal,
  workspace: Workspace,
  kind: Kind,
  here: Result<SelectedOuts, readonly Diagnostic[]>,
  { moved, failures, missing }: TransferReport,
  flags: TransferFlags,
): number {
  // DVC moves what there is. A pull fails where the workspace needs the rest.
  const isMissingFine = workspace.project.dialect === 'dvc';
  const problems = isMissingFine ? [...failures] : [...failures, ...missing];
  if (isMissingFine) for (const { message } of missing) terminal.error(`Warning: ${message}\n`);
  if (kind === 'pull') {
    const { force } = flags;
    const checkedOut = here.ok
      ? checkoutStages(workspace, here.value.names, {
          ...here.value,
          removeUnused: here.value.isAll,
          force,
        })
      : here;
    if (!checkedOut.ok) {
      printDiagnostics(terminal, [...problems, ...checkedOut.error]);
      return EXIT.failed;
    }
    for (const path of checkedOut.value.removed) terminal.out(`D       ${path}\n`);
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

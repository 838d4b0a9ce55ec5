/**
 * `runs`: the runs that are recorded, and one of them.
 *
 * @module
 */

import { basename, resolve } from 'node:path';
import { nodeFileSystem, writeFileAtomic } from '../../cache/index.ts';
import { findProject, type Project, stateDirectory } from '../project/index.ts';
import { type ListedRun, loadRunPage, runListText, runText } from '../report/index.ts';
import { isProcessAlive } from '../run/index.ts';
import { durationOf, openRunStore, type RunStore, resultOf } from '../runs/index.ts';
import { EXIT } from './exit-code.ts';
import { noProject } from './open-project.ts';
import { printDiagnostics, printJson, type Terminal } from './terminal.ts';

export interface RunsFlags {
  readonly number?: string;
  readonly json?: true;
}

const SHOWN_RUNS = 20;

export function listRuns(terminal: Terminal, flags: RunsFlags): Promise<number> {
  return withStore(terminal, (store) => {
    const { number = String(SHOWN_RUNS) } = flags;
    if (!/^[1-9]\d{0,5}$/.test(number)) {
      const message = `"-n ${number}" is not a number of runs`;
      printDiagnostics(terminal, [{ code: 'E_USAGE', message }]);
      return EXIT.invalid;
    }
    const runs = store
      .ids()
      .slice(0, Number(number))
      .flatMap((id) => store.read(id) ?? [])
      .map((record) => ({ record, result: resultOf(record, isProcessAlive) }));
    if (flags.json) printJson(terminal, { runs: runs.map(runJson) });
    else terminal.out(runListText(runs));
    return EXIT.done;
  });
}

function runJson({ record, result }: ListedRun): object {
  const { id, args, startedAt, revision, jobs, end, stages, unchanged } = record;
  const counts: Record<string, number> = { unchanged: unchanged.length };
  for (const { outcome } of stages) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return {
    id,
    args,
    startedAt,
    revision: revision ?? null,
    jobs,
    result,
    exitCode: end.kind === 'ended' ? end.exitCode : null,
    durationMs: durationOf(record),
    stages: counts,
  };
}

export interface RunsShowFlags {
  /** True: in a file with a name of our choice. */
  readonly html?: string | true;
  readonly json?: true;
}

export function showRun(terminal: Terminal, id: string, flags: RunsShowFlags): Promise<number> {
  return withStore(terminal, async (store, project) => {
    const found = store.find(id);
    if (!found.ok) {
      printDiagnostics(terminal, found.error);
      return EXIT.invalid;
    }
    const record = found.value;
    const result = resultOf(record, isProcessAlive);
    if (flags.json) printJson(terminal, { ...record, result });
    else if (flags.html === undefined) terminal.out(`${runText(record, result)}\n`);
    else {
      const { runPage } = await loadRunPage();
      const file = flags.html === true ? `run-${record.id}.html` : flags.html;
      writePage(terminal, file, runPage(record, result, basename(project.root), nodeFileSystem));
    }
    return EXIT.done;
  });
}

function writePage(terminal: Terminal, file: string, page: string): void {
  if (file === '-') {
    terminal.out(page);
    return;
  }
  writeFileAtomic(nodeFileSystem, resolve(terminal.cwd, file), page);
  terminal.out(`Wrote ${file}\n`);
}

async function withStore(
  terminal: Terminal,
  body: (store: RunStore, project: Project) => number | Promise<number>,
): Promise<number> {
  const project = findProject(terminal.cwd);
  if (project !== undefined) return body(openRunStore(nodeFileSystem, stateDirectory(project)), project);
  printDiagnostics(terminal, [noProject(terminal)]);
  return EXIT.invalid;
}

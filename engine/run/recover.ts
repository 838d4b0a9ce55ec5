/**
 * Recovery: what an engine that was killed left behind. Its children are ended, what they had recorded is folded into
 * the lock, and what was half written is removed.
 *
 * The journal stays until all of it is done: a recovery that is killed is done again.
 *
 * @module
 */

import { dirname, join } from 'node:path';
import { type FileSystem, isTemporaryName, ok, writeFileAtomic } from '../../cache/index.ts';
import { EMPTY_LOCK, parseLock, type Recovery, readJournal, withRecords } from '../lockfile/index.ts';
import { type Project, stateDirectory } from '../project/index.ts';
import type { Workspace } from '../workspace/index.ts';
import type { Reporter } from './event.ts';
import { endProcessGroup, groupsStartedBy } from './executors/index.ts';
import { absolute } from './outs.ts';
import { journalPath } from './run-pipeline.ts';
import { stageVariables } from './stage-variables.ts';

/**
 * Before the project is read, holding the repository lock. A lock that cannot be read is left for the reader to
 * complain about.
 *
 * @returns Whether there was something to recover from: then `removeLeftovers` is due.
 */
export async function recover(fs: FileSystem, project: Project, report: Reporter): Promise<boolean> {
  const textOf = (lock: string): string | undefined => {
    const path = join(project.root, lock);
    return fs.lstat(path) === undefined ? undefined : fs.readFile(path).toString('utf8');
  };
  const recovery = readJournal(fs, journalPath(stateDirectory(project)), textOf);
  if (recovery === undefined) return false;
  const endedProcesses = await endProcesses(project, recovery);
  for (const [path, records] of recovery.records) {
    const text = textOf(path);
    const lock = text === undefined ? ok(EMPTY_LOCK) : parseLock({ path, text });
    if (lock.ok)
      writeFileAtomic(fs, join(project.root, path), withRecords(lock.value, records, project.paramsName));
  }
  const stages = [...recovery.records.values()].flatMap((records) => [...records.keys()]);
  report({ kind: 'recovered', stages, endedProcesses });
  return true;
}

/** @returns How many process groups were still alive. */
async function endProcesses(project: Project, { groups, unfinished }: Recovery): Promise<number> {
  const untold = unfinished.flatMap(({ stage, engine }) =>
    groupsStartedBy(engine, stageVariables(project.root, stage)),
  );
  const all = new Map([...groups, ...untold].map((group) => [`${group.startTime} ${group.pid}`, group]));
  const ended = await Promise.all([...all.values()].map((group) => endProcessGroup(group)));
  return ended.filter((wasAlive) => wasAlive).length;
}

/** Removes what was being written when the engine was killed: beside outs, beside the lock, in the cache. */
export function removeLeftovers(workspace: Workspace): void {
  const { fs, project, pipeline } = workspace;
  const cache = workspace.config.cache.directory;
  const locks = [...pipeline.lock.files.keys()].map((lock) => dirname(join(project.root, lock)));
  const directories = new Set([project.root, ...locks, workspace.state, join(cache, 'files', 'md5')]);
  for (const stage of pipeline.graph.stages.values()) {
    for (const out of stage.outs) directories.add(dirname(absolute(workspace, stage, out.path)));
  }
  for (const directory of [...directories, ...runDirectories(fs, join(cache, 'runs'))]) {
    for (const name of namesIn(fs, directory)) {
      if (isTemporaryName(name)) fs.remove(join(directory, name));
    }
  }
  fs.remove(journalPath(workspace.state));
}

/** `runs/<2>/<key>`. */
const runDirectories = (fs: FileSystem, runs: string): readonly string[] =>
  namesIn(fs, runs)
    .map((name) => join(runs, name))
    .flatMap((group) => namesIn(fs, group).map((name) => join(group, name)));

const namesIn = (fs: FileSystem, directory: string): readonly string[] =>
  fs.stat(directory)?.kind === 'directory' ? fs.readDirectory(directory).map(({ name }) => name) : [];

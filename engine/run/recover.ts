/**
 * Recovery: what an engine that was killed left behind. Its children are ended, and what they had recorded is folded
 * into the lock.
 *
 * @module
 */

import { join } from 'node:path';
import { type FileSystem } from '../../cache/index.ts';
import { parseLock, readJournal, writeLock } from '../lockfile/index.ts';
import { type Project, stateDirectory } from '../project/index.ts';
import type { Reporter } from './event.ts';
import { endProcessGroup } from './executors/index.ts';
import { journalPath } from './run-pipeline.ts';

/** Holding the repository lock. A lock that cannot be read is left for the reader to complain about. */
export async function recover(fs: FileSystem, project: Project, report: Reporter): Promise<void> {
  const path = journalPath(stateDirectory(project));
  const lockPath = join(project.root, project.lockName);
  const text = fs.lstat(lockPath) === undefined ? undefined : fs.readFile(lockPath).toString('utf8');
  const recovery = readJournal(fs, path, text);
  if (recovery === undefined) return;
  let endedProcesses = 0;
  for (const group of recovery.groups) if (await endProcessGroup(group)) endedProcesses++;
  const lock = text === undefined ? undefined : parseLock({ path: project.lockName, text });
  if (lock === undefined || lock.ok) {
    const entries = new Map([...(lock?.value.entries ?? []), ...recovery.records]);
    writeLock(fs, lockPath, text, entries, project.paramsName);
  }
  fs.remove(path);
  report({ kind: 'recovered', stages: [...recovery.records.keys()], endedProcesses });
}

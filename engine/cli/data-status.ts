/**
 * `data status`: the data since the last commit, and since it was recorded.
 *
 * @module
 */

import { posix } from 'node:path';
import { ok } from '../../cache/index.ts';
import { dataStatus } from '../data/index.ts';
import { hasCommits, untrackedByGit } from '../project/index.ts';
import { dataStatusJson, dataStatusText } from '../report/index.ts';
import { pipelineAt } from './diff.ts';
import { EXIT } from './exit-code.ts';
import { fail } from './fail.ts';
import { openForReading } from './open-project.ts';
import { printJson, type Terminal } from './terminal.ts';
import { fromCwd, toCwd } from './value-flags.ts';

export interface DataStatusFlags {
  readonly granular?: true;
  readonly unchanged?: true;
  /** `true` without a word. */
  readonly untrackedFiles?: true | 'all' | 'no';
  readonly json?: true;
}

export async function showDataStatus(
  terminal: Terminal,
  targets: readonly string[],
  flags: DataStatusFlags,
): Promise<number> {
  const opened = await openForReading(terminal);
  if (!opened.ok) return fail(terminal, opened.error);
  const { project } = opened.value;
  const head = hasCommits(project.root) ? pipelineAt(opened.value, 'HEAD') : ok(undefined);
  if (!head.ok) return fail(terminal, head.error);
  const paths = targets.map((path) => posix.normalize(fromCwd(terminal, project, path)));
  const untracked = untrackedByGit(project.root);
  const status = dataStatus(opened.value, untracked === undefined ? 'no git' : head.value, {
    isGranular: flags.granular === true,
    targets: paths.length === 0 ? undefined : paths,
  });
  const asked = flags.untrackedFiles !== undefined && flags.untrackedFiles !== 'no';
  const shown = dataStatusJson(
    status,
    asked ? untracked?.map((path) => toCwd(terminal, project, path)) : undefined,
    flags.unchanged === true,
  );
  if (flags.json) printJson(terminal, shown);
  else terminal.out(dataStatusText(shown));
  return EXIT.done;
}

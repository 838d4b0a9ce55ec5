/**
 * `diff`: the data of two commits, or of one and the workspace.
 *
 * @module
 */

import { ok, type Result } from '../../cache/index.ts';
import type { Diagnostic } from '../core/index.ts';
import { compareData, type DataComparison } from '../data/index.ts';
import { hasCommits } from '../project/index.ts';
import { comparisonJson, comparisonTable, comparisonText, markdownTable } from '../report/index.ts';
import { openVersion, type Pipeline, type Workspace } from '../workspace/index.ts';
import { configDirectories } from './config-directories.ts';
import { EXIT } from './exit-code.ts';
import { fail } from './fail.ts';
import { openForReading } from './open-project.ts';
import { printJson, type Terminal } from './terminal.ts';

export interface DataDiffFlags {
  readonly targets?: readonly string[];
  readonly showHash?: true;
  readonly hideMissing?: true;
  readonly md?: true;
  readonly json?: true;
}

/** @param after The workspace where it is left away. */
export async function diff(
  terminal: Terminal,
  before: string,
  after: string | undefined,
  flags: DataDiffFlags,
): Promise<number> {
  const opened = await openForReading(terminal);
  if (!opened.ok) return fail(terminal, opened.error);
  const workspace = opened.value;
  const compared = compare(workspace, before, after, flags.targets ?? []);
  if (!compared.ok) return fail(terminal, compared.error);
  const withHash = flags.showHash === true;
  const withMissing = after === undefined && flags.hideMissing !== true;
  const shown = comparisonJson(compared.value, { withHash, withMissing });
  if (flags.json) printJson(terminal, shown);
  else if (flags.md) terminal.out(markdownTable(comparisonTable(shown, withHash)));
  else terminal.out(comparisonText(shown));
  return EXIT.done;
}

function compare(
  workspace: Workspace,
  before: string,
  after: string | undefined,
  targets: readonly string[],
): Result<DataComparison, readonly Diagnostic[]> {
  if (!hasCommits(workspace.project.root)) return ok({ changes: [], notCached: [] });
  const was = pipelineAt(workspace, before);
  if (!was.ok) return was;
  const is = after === undefined ? ok(undefined) : pipelineAt(workspace, after);
  if (!is.ok) return is;
  return compareData(
    workspace,
    { pipeline: was.value },
    after === undefined ? undefined : { pipeline: is.value },
    targets,
  );
}

export function pipelineAt(
  { fs, project }: Workspace,
  revision: string,
): Result<Pipeline | undefined, readonly Diagnostic[]> {
  const version = openVersion(fs, project, revision, configDirectories());
  return version.ok ? ok(version.value.pipeline) : version;
}

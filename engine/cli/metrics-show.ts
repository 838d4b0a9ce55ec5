/**
 * `metrics show`: the metrics of the workspace.
 *
 * @module
 */

import { nodeFileSystem } from '../../cache/index.ts';
import { namesUnder, suggestPath } from '../core/index.ts';
import { findProject, type Project } from '../project/index.ts';
import { alignedText, markdownTable, metricsJson, metricsTable } from '../report/index.ts';
import { type Collected, collectMetrics, openVersion, WORKSPACE } from '../workspace/index.ts';
import { configDirectories } from './config-directories.ts';
import { EXIT } from './exit-code.ts';
import { fail } from './fail.ts';
import { noProject } from './open-project.ts';
import { type Terminal } from './terminal.ts';
import { failPartly, fromCwd, PRECISION, readPrecision, type TableFlags, toCwd } from './value-flags.ts';

export function metricsShow(terminal: Terminal, targets: readonly string[], flags: TableFlags): number {
  const project = findProject(terminal.cwd);
  if (project === undefined) return fail(terminal, [noProject(terminal)]);
  const precision = readPrecision(flags.precision);
  if (typeof precision === 'object') return fail(terminal, [precision]);
  const version = openVersion(nodeFileSystem, project, WORKSPACE, configDirectories());
  if (!version.ok) return fail(terminal, version.error);
  const collected = collectMetrics(
    version.value,
    targets.map((path) => fromCwd(terminal, project, path)),
  );
  const problems = [
    ...collected.problems,
    ...collected.missing.map((path) => missing(path, targets.length > 0 ? project : undefined)),
  ].map((problem) => ({
    ...problem,
    path: toCwd(terminal, project, problem.path),
  }));
  const { files, trees } = seenFrom(terminal, project, collected);
  if (flags.json) terminal.out(`${metricsJson(trees, problems)}\n`);
  else if (files.size > 0) {
    const table = metricsTable(files, precision ?? PRECISION);
    terminal.out(flags.md ? markdownTable(table) : alignedText(table));
  }
  return problems.length === 0 ? EXIT.done : failPartly(terminal, project, problems);
}

const seenFrom = (terminal: Terminal, project: Project, collected: Collected) => ({
  files: new Map([...collected.files].map(([path, leaves]) => [toCwd(terminal, project, path), leaves])),
  trees: new Map([...collected.trees].map(([path, tree]) => [toCwd(terminal, project, path), tree])),
});

/** @param project Where a path is looked for that a person typed; what the manifest declares is not mistyped. */
function missing(path: string, project: Project | undefined) {
  const similar = project && suggestPath(path, namesUnder(nodeFileSystem, project.root));
  return {
    path,
    code: 'E_MISSING_METRICS' as const,
    message: `Metrics file "${path}" is not there`,
    hint: similar === undefined ? 'run "dvc-like repro" to make it' : `did you mean "${similar}"?`,
  };
}

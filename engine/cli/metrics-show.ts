/**
 * `metrics show`: the metrics of the workspace, and those of commits beside it.
 *
 * @module
 */

import { err, nodeFileSystem, ok, pythonJson, type Result } from '../../cache/index.ts';
import { type Diagnostic, namesUnder, suggestPath } from '../core/index.ts';
import { activeBranch, findProject, type Project, selectRevisions } from '../project/index.ts';
import {
  alignedText,
  markdownTable,
  metricsJson,
  metricsTable,
  type VersionMetrics,
  type VersionValues,
} from '../report/index.ts';
import type { ValueFiles } from '../values/index.ts';
import { collectMetrics, openVersion, WORKSPACE } from '../workspace/index.ts';
import { configDirectories } from './config-directories.ts';
import { EXIT } from './exit-code.ts';
import { fail } from './fail.ts';
import { noProject } from './open-project.ts';
import { type ScopeFlags, scopesOf } from './revision-scopes.ts';
import { type Terminal } from './terminal.ts';
import { failPartly, fromCwd, PRECISION, readPrecision, type TableFlags, toCwd } from './value-flags.ts';

export interface MetricsShowFlags extends TableFlags, ScopeFlags {}

/** What is known of one version: for JSON as it stands in the files, for tables as leaves. */
interface Shown {
  readonly metrics: VersionMetrics;
  readonly files: ValueFiles;
}

export function metricsShow(terminal: Terminal, targets: readonly string[], flags: MetricsShowFlags): number {
  const project = findProject(terminal.cwd);
  if (project === undefined) return fail(terminal, [noProject(terminal)]);
  const precision = readPrecision(flags.precision);
  if (typeof precision === 'object') return fail(terminal, [precision]);
  const collected = collect(terminal, project, targets, flags);
  if (!collected.ok) return fail(terminal, collected.error);
  const versions = collected.value;
  const hasRevisions = scopesOf(flags).length > 0;
  if (flags.json) terminal.out(`${metricsJson(versions.map(({ metrics }) => metrics))}\n`);
  else {
    const shown: VersionValues[] = versions.map(({ metrics, files }) => ({
      revision: hasRevisions ? metrics.name : undefined,
      files,
    }));
    const table = metricsTable(shown, precision ?? PRECISION);
    if (table.rows.length > 0) terminal.out(flags.md ? markdownTable(table) : alignedText(table));
  }
  const problems = versions.flatMap(({ metrics }): readonly Diagnostic[] => metrics.problems);
  return problems.length === 0 ? EXIT.done : failPartly(terminal, project, problems);
}

function collect(
  terminal: Terminal,
  project: Project,
  targets: readonly string[],
  flags: MetricsShowFlags,
): Result<readonly Shown[], readonly Diagnostic[]> {
  const scopes = scopesOf(flags);
  const commits = selectRevisions(project.root, { scopes });
  // Outside git DVC takes this for a repository without commits.
  if (!commits.ok && project.dialect === 'native') return err([commits.error]);
  const here = versionAt(terminal, project, WORKSPACE, scopes.length === 0 ? '' : WORKSPACE, targets);
  if (here.metrics.kind === 'unreadable' && scopes.length === 0) return err(here.metrics.problems);
  const there = (commits.ok ? commits.value : []).map(({ commit, names }) =>
    versionAt(terminal, project, commit, names.join(','), targets),
  );
  const branch = there.find(({ metrics }) => metrics.name === activeBranch(project.root));
  return ok(branch !== undefined && isSame(here, branch) ? there : [here, ...there]);
}

/** @param name What the version is called. */
function versionAt(
  terminal: Terminal,
  project: Project,
  revision: string,
  name: string,
  targets: readonly string[],
): Shown {
  const needs = targets.length > 0 ? 'files' : 'pipeline';
  const version = openVersion(nodeFileSystem, project, revision, configDirectories(), needs);
  if (!version.ok)
    return { metrics: { kind: 'unreadable', name, problems: version.error }, files: new Map() };
  const found = collectMetrics(
    version.value,
    targets.map((path) => fromCwd(terminal, project, path)),
  );
  const suggestIn = revision === WORKSPACE && targets.length > 0 ? project : undefined;
  const problems = [...found.problems, ...found.missing.map((path) => missing(path, revision, suggestIn))];
  const seen = (path: string): string => toCwd(terminal, project, path);
  return {
    metrics: {
      kind: 'read',
      name,
      trees: new Map([...found.trees].map(([path, tree]) => [seen(path), tree])),
      problems: problems.map((problem) => ({ ...problem, path: seen(problem.path) })),
    },
    files: new Map([...found.files].map(([path, leaves]) => [seen(path), leaves])),
  };
}

/** What is not known is not the same as anything. */
const isSame = ({ metrics: a }: Shown, { metrics: b }: Shown): boolean =>
  a.kind === 'read' &&
  b.kind === 'read' &&
  a.problems.length + b.problems.length === 0 &&
  pythonJson(a.trees) === pythonJson(b.trees);

/** @param project Where a path is looked for that a person typed; what the manifest declares is not mistyped. */
function missing(path: string, revision: string, project: Project | undefined) {
  const similar = project && suggestPath(path, namesUnder(nodeFileSystem, project.root));
  const where = revision === WORKSPACE ? '' : ` in ${revision.slice(0, 8)}`;
  return {
    path,
    code: 'E_MISSING_METRICS' as const,
    message: `Metrics file "${path}" is not there${where}`,
    hint:
      similar === undefined
        ? revision === WORKSPACE
          ? 'run "dvc-like repro" to make it'
          : `"git show ${revision.slice(0, 8)}" says what the commit has`
        : `did you mean "${similar}"?`,
  };
}

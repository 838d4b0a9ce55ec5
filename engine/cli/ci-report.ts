/**
 * `ci-report`: what a commit did to the results, for a comment on a pull request.
 *
 * @module
 */

import { join, resolve } from 'node:path';
import { nodeFileSystem, writeFileAtomic } from '../../cache/index.ts';
import { plotNames } from '../plots/index.ts';
import { findProject, type Project } from '../project/index.ts';
import {
  changedStages,
  ciReportText,
  diffTable,
  type RecordedStages,
  type ReportPage,
  type Table,
} from '../report/index.ts';
import { diffValues, type ValueFiles } from '../values/index.ts';
import {
  type Collected,
  collectMetrics,
  collectParams,
  openVersion,
  type Version,
  WORKSPACE,
} from '../workspace/index.ts';
import { configDirectories } from './config-directories.ts';
import { EXIT } from './exit-code.ts';
import { fail } from './fail.ts';
import { noProject } from './open-project.ts';
import type { Terminal } from './terminal.ts';
import { PRECISION, readPrecision, toCwd } from './value-flags.ts';

export interface CiReportFlags {
  readonly base: string;
  readonly out?: string;
  readonly url?: string;
  readonly precision?: string;
}

export function ciReport(terminal: Terminal, { base, out, url, precision }: CiReportFlags): number {
  const project = findProject(terminal.cwd);
  if (project === undefined) return fail(terminal, [noProject(terminal)]);
  const digits = readPrecision(precision);
  if (typeof digits === 'object') return fail(terminal, [digits]);
  const directories = configDirectories();
  const [was, is] = [base, WORKSPACE].map((name) => openVersion(nodeFileSystem, project, name, directories));
  if (!was!.ok || !is!.ok) {
    return fail(
      terminal,
      [was!, is!].flatMap((each) => (each.ok ? [] : each.error)),
    );
  }
  const versions = [was!.value, is!.value] as const;
  const metrics = versions.map((version) => collectMetrics(version, []));
  const params = versions.map((version) =>
    collectParams(version, { targets: [], depsOnly: false, defaultFile: project.paramsName }),
  );
  const table = (
    title: 'Metric' | 'Param',
    collected: readonly Collected[],
    significant: number | undefined,
  ): Table => {
    const [before, after] = collected.map(({ files }) => fromHere(terminal, project, files));
    const diffs = diffValues(before!, after!, { all: false });
    return diffTable(diffs, { title, was: base, is: 'now', showPath: true, precision: significant });
  };
  const text = ciReportText({
    base,
    metrics: table('Metric', metrics, digits ?? PRECISION),
    params: table('Param', params, digits),
    stages: changedStages(recordedIn(versions[0]), recordedIn(versions[1])),
    pages: pagesOf(terminal, project, versions[1], url),
    problems: [...metrics, ...params].flatMap(({ problems }) => problems.map(({ message }) => message)),
  });
  if (out === undefined) terminal.out(text);
  else writeFileAtomic(nodeFileSystem, resolve(terminal.cwd, out), text);
  return EXIT.done;
}

const fromHere = (terminal: Terminal, project: Project, files: ValueFiles): ValueFiles =>
  new Map([...files].map(([path, leaves]) => [toCwd(terminal, project, path), leaves]));

function recordedIn({ pipeline }: Version): RecordedStages {
  if (pipeline === undefined) return { stages: [], entries: new Map() };
  const { order, stages } = pipeline.graph;
  return { stages: order.map((name) => stages.get(name)!), entries: pipeline.lock.entries };
}

/** Outs that are pages, and plots. @param url Of the directory that holds what the working directory does. */
function pagesOf(
  terminal: Terminal,
  project: Project,
  version: Version,
  url: string | undefined,
): readonly ReportPage[] {
  const outs = [...(version.pipeline?.graph.stages.values() ?? [])].flatMap(({ wdir, outs: declared }) =>
    declared.map(({ path }) => toCwd(terminal, project, join(wdir, path))),
  );
  const page = (path: string, kind: ReportPage['kind']): ReportPage => ({
    path,
    kind,
    url:
      url === undefined
        ? undefined
        : `${url.replace(/\/+$/, '')}/${path.split('/').map(encodeURIComponent).join('/')}`,
  });
  return [
    ...outs.filter((path) => /\.(?:html|md|pdf)$/.test(path)).map((path) => page(path, 'page')),
    ...plotNames(version, project).map((path) => page(path, 'plot')),
  ];
}

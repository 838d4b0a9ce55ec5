/**
 * What differs in params or metrics between two revisions, or between one and the workspace.
 *
 * @module
 */

import { nodeFileSystem } from '../../cache/index.ts';
import { type Diagnostic, isInside, namesUnder, suggestPath } from '../core/index.ts';
import { findProject, hasCommits, type Project } from '../project/index.ts';
import { alignedText, diffJson, diffTable, markdownTable } from '../report/index.ts';
import { diffValues, type ValueFiles } from '../values/index.ts';
import { type Collected, openVersion, type Version } from '../workspace/index.ts';
import { configDirectories } from './config-directories.ts';
import { EXIT } from './exit-code.ts';
import { fail } from './fail.ts';
import { noProject } from './open-project.ts';
import { type Terminal } from './terminal.ts';
import { failPartly, fromCwd, readPrecision, type TableFlags, toCwd } from './value-flags.ts';

export interface DiffFlags extends TableFlags {
  readonly targets?: readonly string[];
  readonly all?: true;
  readonly path: boolean;
}

export type Revisions = readonly [was: string, is: string];

export interface WhatToDiff {
  readonly title: 'Param' | 'Metric';
  /** Significant digits of floats where nobody asks for others; undefined: all. */
  readonly precision: number | undefined;
  /** @param targets Relative to the root. */
  readonly collect: (version: Version, targets: readonly string[], project: Project) => Collected;
}

export function diffVersions(
  terminal: Terminal,
  revisions: Revisions,
  flags: DiffFlags,
  { title, collect, ...defaults }: WhatToDiff,
): number {
  const project = findProject(terminal.cwd);
  if (project === undefined) return fail(terminal, [noProject(terminal)]);
  const precision = readPrecision(flags.precision);
  if (typeof precision === 'object') return fail(terminal, [precision]);
  if (project.dialect === 'dvc' && !hasCommits(project.root)) {
    if (flags.json) terminal.out('{}\n');
    return EXIT.done;
  }
  const directories = configDirectories();
  const [was, is] = revisions.map((name) => openVersion(nodeFileSystem, project, name, directories));
  if (!was!.ok || !is!.ok) {
    return fail(
      terminal,
      [was!, is!].flatMap((each) => (each.ok ? [] : each.error)),
    );
  }
  const targets = (flags.targets ?? []).map((path) => fromCwd(terminal, project, path));
  const [before, after] = [was!.value, is!.value].map((version) => collect(version, targets, project));
  const absent = before!.missing.filter((path) => targets.includes(path) && after!.missing.includes(path));
  if (absent.length > 0)
    return fail(
      terminal,
      absent.map((path) => noSuchFile(project, path, revisions)),
    );
  const problems = [...before!.problems, ...after!.problems];
  // What only one revision has looks new or gone; as DVC's users know it, also where the other could not be read.
  const isRead = (path: string): boolean =>
    project.dialect === 'dvc' ||
    !problems.some((problem) => problem.path === path || isInside(path, problem.path));
  const readable = ({ files }: Collected): ValueFiles =>
    new Map(
      [...files]
        .filter(([path]) => isRead(path))
        .map(([path, leaves]) => [toCwd(terminal, project, path), leaves]),
    );
  const diffs = diffValues(readable(before!), readable(after!), { all: flags.all === true });
  if (flags.json) terminal.out(`${diffJson(diffs)}\n`);
  else if (diffs.length > 0) {
    const table = diffTable(diffs, {
      title,
      was: revisions[0],
      is: revisions[1],
      showPath: flags.path,
      precision: precision ?? defaults.precision,
    });
    terminal.out(flags.md ? markdownTable(table) : alignedText(table));
  }
  return problems.length > 0 ? failPartly(terminal, project, problems) : EXIT.done;
}

function noSuchFile(project: Project, path: string, [was, is]: Revisions): Diagnostic {
  const similar = suggestPath(path, namesUnder(nodeFileSystem, project.root));
  return {
    code: 'E_NO_SUCH_FILE',
    message: `There is no "${path}", neither in ${was} nor in ${is}`,
    hint:
      similar === undefined ? 'paths are relative to the working directory' : `did you mean "${similar}"?`,
  };
}

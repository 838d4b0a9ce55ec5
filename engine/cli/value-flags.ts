/**
 * What the commands about params and metrics have in common: flags, paths as a person types them, partial answers.
 *
 * @module
 */

import { join, relative, resolve } from 'node:path';
import type { Diagnostic } from '../core/index.ts';
import type { Project } from '../project/index.ts';
import { EXIT, exitCodeOf } from './exit-code.ts';
import { printDiagnostics, type Terminal } from './terminal.ts';

export interface TableFlags {
  readonly precision?: string;
  readonly md?: true;
  readonly json?: true;
}

/** Significant digits of a metric. */
export const PRECISION = 5;

/** Some of what was asked for has been shown. That is enough for DVC. */
export function failPartly(
  terminal: Terminal,
  { dialect }: Project,
  problems: readonly Diagnostic[],
): number {
  printDiagnostics(terminal, problems);
  if (dialect === 'dvc') return EXIT.done;
  const isOnlyAbsent = problems.every(({ code }) => code === 'E_NOT_CACHED' || code === 'E_MISSING_METRICS');
  return isOnlyAbsent ? EXIT.failed : exitCodeOf(problems);
}

export function readPrecision(text: string | undefined): number | undefined | Diagnostic {
  if (text === undefined) return undefined;
  if (/^(?:[1-9]|1\d|20)$/.test(text)) return Number(text);
  return { code: 'E_USAGE', message: `"--precision ${text}" is not a number from 1 to 20` };
}

/** A path as it was typed, to one from the root. */
export const fromCwd = (terminal: Terminal, project: Project, path: string): string =>
  relative(project.root, resolve(terminal.cwd, path));

/** A path from the root, to one as a person in the working directory would type it. */
export const toCwd = (terminal: Terminal, project: Project, path: string): string =>
  relative(terminal.cwd, join(project.root, path));

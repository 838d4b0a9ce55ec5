/**
 * `check-ignore`: which paths are left out, and by which rule.
 *
 * @module
 */

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { nodeFileSystem } from '../../cache/index.ts';
import type { Diagnostic } from '../core/index.ts';
import { findProject, openIgnoreRules } from '../project/index.ts';
import { EXIT } from './exit-code.ts';
import { fail } from './fail.ts';
import { noProject } from './open-project.ts';
import type { Terminal } from './terminal.ts';

export interface CheckIgnoreFlags {
  readonly details?: true;
  readonly all?: true;
  readonly nonMatching?: true;
  readonly stdin?: true;
  readonly quiet?: true;
}

/** @returns 1 where no rule is about any of the paths. */
export function checkIgnore(terminal: Terminal, paths: readonly string[], flags: CheckIgnoreFlags): number {
  const project = findProject(terminal.cwd);
  if (project === undefined) return fail(terminal, [noProject(terminal)]);
  const misuse = misuseOf(paths, flags);
  if (misuse !== undefined) return fail(terminal, [misuse]);
  const rules = openIgnoreRules(project);
  let hasFound = false;
  for (const path of flags.stdin ? pathsOfInput() : paths) {
    const full = resolve(terminal.cwd, path);
    const found = rules.explain(full, nodeFileSystem.stat(full)?.kind === 'directory');
    if (flags.details) {
      if (found !== undefined || flags.nonMatching) terminal.out(`${found?.rule ?? '::'}\t${path}\n`);
      if (found !== undefined) hasFound = true;
    } else if (found?.isIgnored) {
      if (!flags.quiet) terminal.out(`${path}\n`);
      hasFound = true;
    }
  }
  return hasFound ? EXIT.done : EXIT.failed;
}

/** Up to the first empty line. */
function pathsOfInput(): readonly string[] {
  const lines = readFileSync(0, 'utf8').split('\n');
  return lines.slice(0, lines.indexOf(''));
}

function misuseOf(paths: readonly string[], flags: CheckIgnoreFlags): Diagnostic | undefined {
  const usage = (message: string, hint: string): Diagnostic => ({ code: 'E_USAGE', message, hint });
  if (flags.stdin && paths.length > 0) return usage('Both paths and "--stdin"', 'leave one of them away');
  if (!flags.stdin && paths.length === 0)
    return usage('Which paths?', 'name some, or give them by "--stdin"');
  if (flags.nonMatching && !flags.details)
    return usage('"--non-matching" is for "--details"', 'add "--details"');
  if (flags.all && !flags.details) return usage('"--all" is for "--details"', 'add "--details"');
  if (flags.quiet && flags.details) return usage('Both "--quiet" and "--details"', 'leave one of them away');
  return undefined;
}

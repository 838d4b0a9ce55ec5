/**
 * `unprotect`: makes links to the cache into copies.
 *
 * @module
 */

import { posix } from 'node:path';
import { isErrno, nodeFileSystem, ok, unprotect } from '../../cache/index.ts';
import type { Diagnostic } from '../core/index.ts';
import { EXIT } from './exit-code.ts';
import { fail } from './fail.ts';
import { openForEditing } from './open-project.ts';
import { quietReporter } from './quiet-reporter.ts';
import type { Terminal } from './terminal.ts';

/** One after the other, up to the first that fails. */
export async function unprotectTargets(terminal: Terminal, targets: readonly string[]): Promise<number> {
  const done = await openForEditing(terminal, quietReporter(terminal), {}, () => {
    for (const target of targets) {
      const failure = unprotectTarget(target, posix.resolve(terminal.cwd, target));
      if (failure !== undefined) return Promise.resolve(ok(failure));
    }
    return Promise.resolve(ok(undefined));
  });
  const failures = done.ok ? (done.value === undefined ? [] : [done.value]) : done.error;
  return failures.length > 0 ? fail(terminal, failures) : EXIT.done;
}

function unprotectTarget(target: string, path: string): Diagnostic | undefined {
  if (nodeFileSystem.lstat(path) === undefined) return missing(target);
  try {
    unprotect(nodeFileSystem, path);
    return undefined;
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return leadsNowhere(target);
    throw error;
  }
}

const missing = (target: string): Diagnostic => ({
  code: 'E_NO_SUCH_FILE',
  message: `There is no "${target}"`,
  hint: 'paths are relative to the working directory',
});

const leadsNowhere = (target: string): Diagnostic => ({
  code: 'E_NO_SUCH_FILE',
  message: `Cannot copy "${target}": it, or a link in it, leads nowhere`,
  hint: 'the cache lacks the object; "dvc-like pull" or "dvc-like repro" bring it back',
});

/**
 * Ignore rules: what a directory walk leaves out. `.dvcignore` at the root, in gitignore's syntax, and always the
 * directories of git, Mercurial, DVC and this tool.
 *
 * @module
 */

import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Project } from './find-project.ts';

export const IGNORE_FILE = '.dvcignore';

/** @returns Whether a path (absolute) is left out. */
export type IsIgnored = (path: string, isDirectory: boolean) => boolean;

const ALWAYS = new Set(['.git', '.hg', '.dvc', '.dvc-like']);

/** The `ignore` package is loaded only where there are rules: it costs more than all the rest. */
export async function loadIgnoreRules(project: Project): Promise<IsIgnored> {
  const isAlwaysIgnored: IsIgnored = (path, isDirectory) =>
    isDirectory && ALWAYS.has(path.slice(path.lastIndexOf('/') + 1));
  const text = readIfThere(join(project.root, IGNORE_FILE));
  if (text === undefined || !/^[^#\s]/m.test(text)) return isAlwaysIgnored;
  const { default: ignore } = await import('ignore');
  const rules = ignore().add(text);
  return (path, isDirectory) => {
    if (isAlwaysIgnored(path, isDirectory)) return true;
    const inside = relative(project.root, path);
    if (inside === '' || inside.startsWith('..')) return false;
    return rules.ignores(isDirectory ? `${inside}/` : inside);
  };
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

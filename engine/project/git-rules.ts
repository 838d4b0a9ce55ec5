/**
 * What git ignores by the repository's own rules: `.gitignore` files from a path upward, and `.git/info/exclude`.
 *
 * @module
 */

import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import type { Ignore } from 'ignore';
import type { FileSystem } from '../../cache/index.ts';

export interface GitRules {
  /** @param path Absolute, not in a directory that is ignored itself. */
  readonly isIgnored: (path: string, isDirectory: boolean) => boolean;
  /** The files that were looked for, absolute. */
  readonly sources: () => readonly string[];
}

/** Loads the package where there is the first rule. */
const load = createRequire(import.meta.url);

/** @param root Absolute; where it lies in no git repository, nothing is ignored. */
export function openGitRules(fs: FileSystem, root: string): GitRules {
  const top = workTreeOf(fs, root);
  if (top === undefined) return { isIgnored: () => false, sources: () => [] };
  const known = new Map<string, Ignore | undefined>();
  const rulesIn = (file: string): Ignore | undefined => {
    if (!known.has(file)) known.set(file, readRules(fs, file));
    return known.get(file);
  };
  return {
    isIgnored: (path, isDirectory) => {
      const said = (file: string, base: string): boolean | undefined => {
        const found = rulesIn(file)?.test(`${relative(base, path)}${isDirectory ? '/' : ''}`);
        return found?.ignored ? true : found?.unignored ? false : undefined;
      };
      for (let directory = dirname(path); ; directory = dirname(directory)) {
        const answer = said(join(directory, '.gitignore'), directory);
        if (answer !== undefined) return answer;
        if (directory === top || directory === dirname(directory)) break;
      }
      return said(join(top, '.git', 'info', 'exclude'), top) ?? false;
    },
    sources: () => [...known.keys()],
  };
}

function workTreeOf(fs: FileSystem, root: string): string | undefined {
  for (let directory = root; ; directory = dirname(directory)) {
    if (fs.stat(join(directory, '.git')) !== undefined) return directory;
    if (directory === dirname(directory)) return undefined;
  }
}

function readRules(fs: FileSystem, file: string): Ignore | undefined {
  if (fs.stat(file)?.kind !== 'file') return undefined;
  const text = fs.readFile(file).toString('utf8');
  if (!/^[^#\s]/m.test(text)) return undefined;
  const ignore = load('ignore') as typeof import('ignore');
  return ignore().add(text);
}

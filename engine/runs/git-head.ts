/**
 * The commit that is checked out, read from git's own files: a process would take longer than many a run.
 *
 * @module
 */

import { dirname, join, resolve } from 'node:path';
import type { FileSystem } from '../../cache/index.ts';

/** @returns Undefined outside of git, before the first commit, and where git keeps its refs in another way. */
export function gitHead(fs: FileSystem, root: string): string | undefined {
  const directory = gitDirectory(fs, root);
  const head = directory === undefined ? undefined : readLine(fs, join(directory, 'HEAD'));
  if (directory === undefined || head === undefined) return undefined;
  const ref = /^ref: (refs\/.+)$/.exec(head)?.[1];
  if (ref === undefined) return asCommit(head);
  const common = resolve(directory, readLine(fs, join(directory, 'commondir')) ?? '.');
  return asCommit(readLine(fs, join(common, ref))) ?? packedRef(fs, common, ref);
}

/** A worktree and a submodule have a file there that names it. */
function gitDirectory(fs: FileSystem, root: string): string | undefined {
  for (let directory = root; ; directory = dirname(directory)) {
    const path = join(directory, '.git');
    const kind = fs.stat(path)?.kind;
    if (kind === 'directory') return path;
    if (kind === 'file') {
      const named = /^gitdir: (.+)$/.exec(readLine(fs, path) ?? '')?.[1];
      return named === undefined ? undefined : resolve(directory, named);
    }
    if (directory === dirname(directory)) return undefined;
  }
}

function packedRef(fs: FileSystem, common: string, ref: string): string | undefined {
  const path = join(common, 'packed-refs');
  if (fs.stat(path)?.kind !== 'file') return undefined;
  const lines = fs.readFile(path).toString('utf8').split('\n');
  return asCommit(lines.find((line) => line.endsWith(` ${ref}`))?.split(' ')[0]);
}

const readLine = (fs: FileSystem, path: string): string | undefined =>
  fs.stat(path)?.kind === 'file' ? fs.readFile(path).toString('utf8').split('\n')[0] : undefined;

const asCommit = (text: string | undefined): string | undefined =>
  text !== undefined && /^[0-9a-f]{40,64}$/.test(text) ? text : undefined;

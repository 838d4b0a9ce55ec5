/**
 * `.gitignore` lines for cached outs, as DVC writes them: `/<name>` in the out's own directory, unless git ignores the
 * path already.
 *
 * @module
 */

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type FileSystem, writeFileAtomic } from '../../cache/index.ts';

export interface GitIgnore {
  /** Adds the lines that are missing for these paths (absolute). */
  readonly add: (paths: readonly string[]) => void;
}

/**
 * Outside a git work tree nothing is written.
 *
 * @param candidates All the paths (absolute) that may be added: git is asked once for all of them, and only if any is.
 */
export function openGitIgnore(fs: FileSystem, root: string, candidates: readonly string[]): GitIgnore {
  if (!isInWorkTree(root)) return { add: () => undefined };
  let ignored: Set<string> | undefined;
  return {
    add: (paths) => {
      ignored ??= new Set(alreadyIgnored(root, candidates));
      for (const path of paths) {
        if (ignored.has(path)) continue;
        addLine(fs, path);
        ignored.add(path);
      }
    },
  };
}

function isInWorkTree(root: string): boolean {
  for (let directory = root; ; directory = dirname(directory)) {
    if (existsSync(join(directory, '.git'))) return true;
    if (directory === dirname(directory)) return false;
  }
}

function alreadyIgnored(root: string, paths: readonly string[]): readonly string[] {
  const { stdout } = spawnSync('git', ['check-ignore', '--no-index', '-z', '--stdin'], {
    cwd: root,
    input: paths.join('\0'),
    encoding: 'utf8',
  });
  return (stdout as string | null)?.split('\0').filter((path) => path !== '') ?? [];
}

function addLine(fs: FileSystem, path: string): void {
  const file = join(dirname(path), '.gitignore');
  const before = fs.lstat(file) === undefined ? '' : fs.readFile(file).toString('utf8');
  const separator = before === '' || before.endsWith('\n') ? '' : '\n';
  writeFileAtomic(fs, file, `${before}${separator}/${escapePattern(basename(path))}\n`);
}

/** As git reads patterns: special characters, a leading `#` or `!`, and trailing blanks lose their meaning. */
const escapePattern = (name: string): string =>
  name.replace(/[\\#![\]*?]/g, '\\$&').replace(/ +$/, (blanks) => '\\ '.repeat(blanks.length));

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

/** Takes the line of a path (absolute) back; a file without any other goes too. */
export function removeGitIgnoreLine(fs: FileSystem, path: string): void {
  const file = join(dirname(path), '.gitignore');
  if (fs.stat(file)?.kind !== 'file') return;
  const text = fs.readFile(file).toString('utf8');
  const line = `/${escapePattern(basename(path))}`;
  const kept = text.split(/(?<=\n)/).filter((each) => each.replace(/\r?\n$/, '') !== line);
  if (kept.length === 0) fs.remove(file);
  else if (kept.join('') !== text) writeFileAtomic(fs, file, kept.join(''), fs.stat(file)!.mode);
}

/**
 * Outside a git work tree nothing is written. Lines that are added together stand in the order of the candidates, not in
 * that in which they came: the file may lie in a directory that is a dep.
 *
 * @param candidates All the paths (absolute) that may be added: git is asked once for all of them, and only if any is.
 */
export function openGitIgnore(fs: FileSystem, root: string, candidates: readonly string[]): GitIgnore {
  if (!isInWorkTree(root)) return { add: () => undefined };
  const rank = new Map(candidates.map((path, i) => [path, i]));
  const files = new Map<string, Additions>();
  let ignored: Set<string> | undefined;
  return {
    add: (paths) => {
      ignored ??= new Set(alreadyIgnored(root, candidates));
      for (const path of paths) {
        // A line cannot hold such a name.
        if (ignored.has(path) || path.includes('\n')) continue;
        ignored.add(path);
        const file = join(dirname(path), '.gitignore');
        const text = fs.lstat(file) === undefined ? '' : fs.readFile(file).toString('utf8');
        const known = files.get(file);
        const { before, paths: added } = known?.text === text ? known : { before: text, paths: [] };
        const all = [...added, path].sort((a, b) => rank.get(a)! - rank.get(b)!);
        const additions = { before, paths: all, text: withLines(before, all) };
        files.set(file, additions);
        writeFileAtomic(fs, file, additions.text);
      }
    },
  };
}

/** What was added to one file, unless somebody else has written it since. */
interface Additions {
  readonly before: string;
  readonly paths: readonly string[];
  readonly text: string;
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

function withLines(before: string, paths: readonly string[]): string {
  const separator = before === '' || before.endsWith('\n') ? '' : '\n';
  return `${before}${separator}${paths.map((path) => `/${escapePattern(basename(path))}\n`).join('')}`;
}

/** As git reads patterns: special characters, a leading `#` or `!`, and trailing blanks lose their meaning. */
const escapePattern = (name: string): string =>
  name.replace(/[\\#![\]*?]/g, '\\$&').replace(/ +$/, (blanks) => '\\ '.repeat(blanks.length));

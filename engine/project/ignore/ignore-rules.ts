/**
 * Ignore rules: what a directory walk leaves out.
 *
 * Always the directories of git, Mercurial, DVC and this tool; what `.dvcignore` names, each for the directory that it lies
 * in and what is below; and directories that are DVC repositories of their own. Nothing outside the root.
 *
 * @module
 */

import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, relative } from 'node:path';
import type { Project } from '../find-project.ts';
import { type Pattern, parsePattern } from './pattern.ts';
import { listPatterns, type PatternList } from './pattern-list.ts';

export const IGNORE_FILE = '.dvcignore';

/** @returns Whether a path (absolute) is left out. */
export type IsIgnored = (path: string, isDirectory: boolean) => boolean;

export interface IgnoreRules {
  readonly isIgnored: IsIgnored;
  /** What decides, of whatever kind; undefined where nothing says anything. */
  readonly explain: (path: string, isDirectory: boolean) => Explanation | undefined;
  /** The files that say something, absolute, as far as they were met. */
  readonly sources: () => readonly string[];
}

export interface Explanation {
  readonly isIgnored: boolean;
  /** As `dvc check-ignore -d` names it: `.dvcignore:3:*.log`, `:.git/`. */
  readonly rule: string;
  readonly isOtherRepository: boolean;
}

/** Rules of one file. */
interface Level {
  /** Absolute. */
  readonly file: string;
  /** What a path begins with before the part that the patterns are for: up to the root, or the name of the directory. */
  readonly prefix: string;
  readonly patterns: PatternList;
  readonly lines: ReadonlyMap<Pattern, number>;
}

/** Of one directory. */
interface DirectoryRules {
  /** What leaves it out, it or a directory above. */
  readonly leftOutBy: Explanation | undefined;
  /** What leaves out all that is in it: that, or its own file. */
  readonly emptiedBy: Explanation | undefined;
  /** The nearest last. */
  readonly levels: readonly Level[];
}

const DVC_PATTERNS = ['.hg/', '.git/', '.git', '.dvc/'];

/** Each directory's file is looked for once, when something in it is asked about. */
export function openIgnoreRules({ root, dialect }: Pick<Project, 'root' | 'dialect'>): IgnoreRules {
  const known = new Map<string, DirectoryRules>();
  const always = levelOf('', root, true, dialect === 'dvc' ? DVC_PATTERNS : [...DVC_PATTERNS, '.dvc-like/']);
  const rulesOf = (directory: string): DirectoryRules => {
    let rules = known.get(directory);
    if (rules === undefined) {
      rules = readRules(directory);
      known.set(directory, rules);
    }
    return rules;
  };
  const readRules = (directory: string): DirectoryRules => {
    if (directory === root) {
      return { leftOutBy: undefined, emptiedBy: undefined, levels: withOwn([always], directory, true) };
    }
    const above = rulesOf(dirname(directory));
    const leftOutBy =
      above.emptiedBy ?? exclusion(explainBy(above.levels, directory, true)) ?? otherRepository(directory);
    if (leftOutBy !== undefined) return { leftOutBy, emptiedBy: leftOutBy, levels: [] };
    const levels = withOwn(above.levels, directory, false);
    const emptiedBy = levels === above.levels ? undefined : exclusion(explainBy(levels, directory, true));
    return { leftOutBy, emptiedBy, levels };
  };
  const isOutside = (path: string): boolean => !path.startsWith(`${root}/`);
  const explainBy = (
    levels: readonly Level[],
    path: string,
    isDirectory: boolean,
  ): Explanation | undefined => {
    const level = levels.findLast((each) => decideBy(each, path, isDirectory) !== undefined);
    return level && explanationOf(level, root, path, isDirectory);
  };
  return {
    isIgnored: (path, isDirectory) => {
      if (isOutside(path)) return false;
      if (isDirectory) return rulesOf(path).leftOutBy !== undefined;
      const { emptiedBy, levels } = rulesOf(dirname(path));
      return emptiedBy !== undefined || isLeftOut(levels, path, false);
    },
    explain: (path, isDirectory) => {
      if (isOutside(path)) return undefined;
      const above = rulesOf(dirname(path));
      if (above.emptiedBy !== undefined) return above.emptiedBy;
      const own = isDirectory ? rulesOf(path).leftOutBy : undefined;
      return own ?? explainBy(above.levels, path, isDirectory);
    },
    sources: () => [
      ...new Set([...known.values()].flatMap(({ levels }) => levels.slice(1).map(({ file }) => file))),
    ],
  };
}

function isLeftOut(levels: readonly Level[], path: string, isDirectory: boolean): boolean {
  for (let i = levels.length - 1; i >= 0; i--) {
    const decision = decideBy(levels[i]!, path, isDirectory);
    if (decision !== undefined) return decision;
  }
  return false;
}

const decideBy = ({ prefix, patterns }: Level, path: string, isDirectory: boolean): boolean | undefined =>
  patterns.decide(path.slice(prefix.length), isDirectory);

const exclusion = (found: Explanation | undefined): Explanation | undefined =>
  found?.isIgnored ? found : undefined;

function explanationOf(level: Level, root: string, path: string, isDirectory: boolean): Explanation {
  const pattern = level.patterns.find(path.slice(level.prefix.length), isDirectory)!;
  const line = level.lines.get(pattern)!;
  const place = level.file === '' ? '' : `${relative(root, level.file)}:${line}`;
  return { isIgnored: pattern.isIgnoring, rule: `${place}:${pattern.text}`, isOtherRepository: false };
}

const otherRepository = (directory: string): Explanation | undefined =>
  existsSync(`${directory}/.dvc`)
    ? { isIgnored: true, rule: `in sub_repo:${basename(directory)}`, isOtherRepository: true }
    : undefined;

/** A file that is left out itself says nothing. */
function withOwn(levels: readonly Level[], directory: string, isRoot: boolean): readonly Level[] {
  const file = `${directory}/${IGNORE_FILE}`;
  if (!existsSync(file) || isLeftOut(levels, file, false)) return levels;
  return [...levels, levelOf(file, directory, isRoot, readFileSync(file, 'utf8').split('\n'))];
}

function levelOf(file: string, directory: string, isRoot: boolean, text: readonly string[]): Level {
  const lines = new Map<Pattern, number>();
  for (const [i, line] of text.entries()) {
    const pattern = parsePattern(line, isRoot ? undefined : basename(directory));
    if (pattern !== undefined) lines.set(pattern, i + 1);
  }
  const prefix = isRoot ? `${directory}/` : directory.slice(0, -basename(directory).length);
  return { file, prefix, patterns: listPatterns([...lines.keys()]), lines };
}

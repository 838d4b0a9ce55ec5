/**
 * Patterns of one file, the last of which that matches decides.
 *
 * @module
 */

import type { Pattern } from './pattern.ts';

export interface PatternList {
  /** @param path Relative to the directory of the file. @returns Undefined where none matches. */
  readonly decide: (path: string, isDirectory: boolean) => boolean | undefined;
  /** Which one decides. */
  readonly find: (path: string, isDirectory: boolean) => Pattern | undefined;
}

/** Patterns that follow each other and do the same, as one expression. */
interface Group {
  readonly isIgnoring: boolean;
  readonly isForDirectories: boolean;
  readonly expression: RegExp;
  readonly members: readonly { readonly pattern: Pattern; readonly expression: RegExp }[];
}

export function listPatterns(patterns: readonly Pattern[]): PatternList {
  const groups = groupsOf(patterns).reverse();
  const groupFor = (path: string, isDirectory: boolean): Group | undefined =>
    groups.find(
      (group) => (isDirectory || !group.isForDirectories) && matches(group.expression, path, isDirectory),
    );
  return {
    decide: (path, isDirectory) => groupFor(path, isDirectory)?.isIgnoring,
    find: (path, isDirectory) =>
      groupFor(path, isDirectory)?.members.find(({ expression }) => matches(expression, path, isDirectory))
        ?.pattern,
  };
}

const matches = (expression: RegExp, path: string, isDirectory: boolean): boolean =>
  expression.test(path) || (isDirectory && expression.test(`${path}/`));

/** What brings back stands alone. */
function groupsOf(patterns: readonly Pattern[]): Group[] {
  const runs: Pattern[][] = [];
  for (const pattern of patterns) {
    const last = runs.at(-1)?.[0];
    const isSame =
      last?.isIgnoring === true && pattern.isIgnoring && last.isForDirectories === pattern.isForDirectories;
    if (isSame) runs.at(-1)!.push(pattern);
    else runs.push([pattern]);
  }
  return runs.map((run) => ({
    isIgnoring: run[0]!.isIgnoring,
    isForDirectories: run[0]!.isForDirectories,
    expression: new RegExp(run.map(({ source }) => `(?:${source})`).join('|')),
    members: run.map((pattern) => ({ pattern, expression: new RegExp(pattern.source) })),
  }));
}

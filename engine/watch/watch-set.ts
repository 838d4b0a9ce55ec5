/**
 * What is watched, and what part of it a path belongs to.
 *
 * Outs win over inputs: what one stage makes and another one needs is made by the rounds themselves.
 *
 * @module
 */

import { basename, dirname } from 'node:path';
import { ancestors } from '../core/index.ts';
import type { IsIgnored } from '../project/index.ts';
import { isEditorFile } from './editor-files.ts';

/** All paths are absolute. */
export interface WatchSet {
  /** Files, directories with all that is below them, and what is not there yet. */
  readonly inputs: ReadonlySet<string>;
  /** What the rounds write themselves: there a change counts between rounds only. */
  readonly outs: ReadonlySet<string>;
  /** Those of the inputs that a stage names: they are missed where there is nothing. */
  readonly needed: ReadonlySet<string>;
  /** Directories in which any code counts: something of it was looked for in vain. */
  readonly codeDirectories: ReadonlySet<string>;
  /** Of what is below a directory that is watched. */
  readonly isIgnored: IsIgnored;
  /** Changes with the rules behind `isIgnored`. */
  readonly ignoreRules: string;
}

export type Part = 'input' | 'out';

/** @returns Undefined where a change makes no difference. */
export function partOf(set: WatchSet, path: string, isDirectory: boolean): Part | undefined {
  const top = topOf(set, path);
  if (top === undefined) return isCode(set, path) ? 'input' : undefined;
  if (top !== path && isLeftOut(set, path, top, isDirectory)) {
    return isCode(set, path) ? 'input' : undefined;
  }
  return set.outs.has(top) ? 'out' : 'input';
}

/** Whether the path is watched, or lies on the way to what is. For a path of which no more is known than its name. */
export const mayMatter = (set: WatchSet, waypoints: ReadonlySet<string>, path: string): boolean =>
  waypoints.has(path) || topOf(set, path) !== undefined || isCode(set, path);

/** Every directory above something that is watched. */
export function waypointsOf(set: WatchSet): ReadonlySet<string> {
  const found = new Set<string>(['/']);
  for (const path of [...set.inputs, ...set.outs]) for (const above of ancestors(path)) found.add(above);
  for (const path of set.codeDirectories) for (const at of [path, ...ancestors(path)]) found.add(at);
  return found;
}

/** Whether two sets are watched in the same way. */
export function isSameSet(a: WatchSet, b: WatchSet): boolean {
  return (
    a.ignoreRules === b.ignoreRules &&
    isSame(a.inputs, b.inputs) &&
    isSame(a.outs, b.outs) &&
    isSame(a.codeDirectories, b.codeDirectories)
  );
}

/** Of two sets, with the rules of the first. */
export const union = (a: WatchSet, b: WatchSet): WatchSet => ({
  ...a,
  inputs: new Set([...a.inputs, ...b.inputs]),
  outs: new Set([...a.outs, ...b.outs]),
  needed: new Set([...a.needed, ...b.needed]),
  codeDirectories: new Set([...a.codeDirectories, ...b.codeDirectories]),
});

/** The nearest path upward that is watched by name. */
function topOf(set: WatchSet, path: string): string | undefined {
  const isNamed = (at: string): boolean => set.outs.has(at) || set.inputs.has(at);
  if (isNamed(path)) return path;
  for (const above of ancestors(path)) if (isNamed(above)) return above;
  return undefined;
}

function isLeftOut(set: WatchSet, path: string, top: string, isDirectory: boolean): boolean {
  if (isEditorFile(basename(path)) || set.isIgnored(path, isDirectory)) return true;
  for (const above of ancestors(path)) {
    if (above === top) return false;
    if (set.isIgnored(above, true)) return true;
  }
  return false;
}

const isCode = (set: WatchSet, path: string): boolean =>
  set.codeDirectories.has(dirname(path)) && /\.([cm]?[jt]sx?|json)$/.test(path);

const isSame = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean =>
  a.size === b.size && [...a].every((each) => b.has(each));

/**
 * Paths in a manifest: text with `/`, relative to the stage's working directory or absolute, made normal.
 *
 * @module
 */

import { posix } from 'node:path';
import { withoutRoot } from '../core/index.ts';
import type { Dialect } from '../manifest/index.ts';
import { nounOf, scalarText, type YamlNode } from '../values/index.ts';
import { interpolate, type Scope } from './interpolate.ts';

/** Normal; `undefined` where there is no path, which is then reported. Numbers are text here: `data/2019`. */
export function pathOf(node: YamlNode, scope: Scope): string | undefined {
  const path = writtenPath(node, scope);
  return path === undefined ? undefined : normalizedPath(path);
}

/** What a stage's data paths are relative to. */
export interface PathBase {
  readonly dialect: Dialect;
  /** Of the project, absolute; unless given no absolute path leads into it. */
  readonly root: string | undefined;
  /** Relative to the root. */
  readonly wdir: string;
}

/** Of a dep or an out: DVC's locks and run cache name it as it is written, but not by an absolute path into the repository. */
export function dataPathOf(
  node: YamlNode,
  scope: Scope,
  { dialect, root, wdir }: PathBase,
): string | undefined {
  if (dialect === 'native') return pathOf(node, scope);
  const path = writtenPath(node, scope);
  return path === undefined || root === undefined ? path : withoutRoot(root, wdir, path);
}

function writtenPath(node: YamlNode, scope: Scope): string | undefined {
  const filled = interpolate(node, scope, 'refused');
  if (filled === undefined) return undefined;
  const problem = whyNotPath(filled, scope.within);
  if (problem !== undefined) {
    scope.problems.report({ file: scope.file, range: node.range }, { code: 'E_BAD_PATH', message: problem });
    return undefined;
  }
  return scalarText((filled as YamlNode & { readonly kind: 'scalar' }).value);
}

/** `./a//b/` is `a/b`. */
export function normalizedPath(path: string): string {
  const normal = posix.normalize(path);
  return normal.length > 1 && normal.endsWith('/') ? normal.slice(0, -1) : normal;
}

function whyNotPath(node: YamlNode, within: string): string | undefined {
  if (node.kind !== 'scalar' || node.value === null || typeof node.value === 'boolean') {
    return `A path${within} must be text, not ${nounOf(node)}`;
  }
  const text = scalarText(node.value);
  if (text === '') return `A path${within} cannot be empty`;
  if (text.includes('\0')) return `A path${within} cannot hold a null character`;
  if (/^[a-z][a-z\d+.-]*:\/\//i.test(text))
    return `Remote paths such as "${text}" are not supported${within}`;
  return undefined;
}

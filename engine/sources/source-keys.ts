/**
 * What may stand in a `.dvc` file, as DVC checks it.
 *
 * @module
 */

import { isList, isMap, type Value, type ValueMap } from '../../cache/index.ts';

export interface SourceMistake {
  /** Keys and indexes to what is wrong. */
  readonly path: readonly string[];
  readonly message: string;
}

type Check = (value: Value) => boolean;

const isText: Check = (value) => typeof value === 'string';
const isFlag: Check = (value) => typeof value === 'boolean';
const isNumber: Check = (value) => typeof value === 'number';
const isAnything: Check = () => true;
const isTexts: Check = (value) => isList(value) && value.every(isText);

const TOP: Readonly<Record<string, Check>> = {
  md5: isText,
  wdir: (value) => value === null || isText(value),
  deps: (value) => value === null || isList(value),
  outs: (value) => value === null || isList(value),
  locked: isFlag,
  frozen: isFlag,
  meta: isAnything,
  always_changed: isFlag,
  desc: isText,
};

/** Of deps and outs. */
const CONTENT: Readonly<Record<string, Check>> = {
  path: isText,
  md5: isText,
  etag: isText,
  checksum: isText,
  size: isNumber,
  nfiles: isNumber,
  isexec: isFlag,
  version_id: isText,
  hash: isText,
  cloud: isMap,
  files: isList,
  fs_config: isMap,
};

const DEP: Readonly<Record<string, Check>> = {
  ...CONTENT,
  persist: isFlag,
  repo: isMap,
  db: isMap,
  params: isAnything,
};

const OUT: Readonly<Record<string, Check>> = {
  ...CONTENT,
  cache: isFlag,
  metric: isAnything,
  plot: isAnything,
  persist: isFlag,
  remote: isText,
  push: isFlag,
  desc: isText,
  type: isText,
  labels: isTexts,
  meta: isAnything,
};

/** The first mistake; undefined where it is a valid file. */
export function sourceMistake(root: ValueMap): SourceMistake | undefined {
  const own = mistakeIn(root, TOP, [], 'a .dvc file');
  if (own !== undefined) return own;
  return mistakeInItems(root, 'deps', DEP) ?? mistakeInItems(root, 'outs', OUT);
}

function mistakeInItems(
  root: ValueMap,
  key: 'deps' | 'outs',
  checks: Readonly<Record<string, Check>>,
): SourceMistake | undefined {
  const items = root.get(key);
  if (items === undefined || items === null || !isList(items)) return undefined;
  for (const [i, item] of items.entries()) {
    const path = [key, String(i)];
    if (!isMap(item) || !item.has('path')) return { path, message: `An item of "${key}" must have a "path"` };
    const mistake = mistakeIn(item, checks, path, `"${key}" of a .dvc file`);
    if (mistake !== undefined) return mistake;
  }
  return undefined;
}

function mistakeIn(
  map: ValueMap,
  checks: Readonly<Record<string, Check>>,
  path: readonly string[],
  within: string,
): SourceMistake | undefined {
  for (const [key, value] of map) {
    const check = Object.hasOwn(checks, key) ? checks[key] : undefined;
    if (check === undefined) return { path: [...path, key], message: `Unknown key "${key}" in ${within}` };
    if (!check(value)) return { path: [...path, key], message: `"${key}" in ${within} has a wrong value` };
  }
  return undefined;
}

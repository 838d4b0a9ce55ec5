/**
 * A `.dvc` file brought up to date in place: its comments, and all keys that say nothing of the content, stay.
 *
 * @module
 */

import { join, posix } from 'node:path';
import {
  type FileSystem,
  isList,
  isMap,
  type Value,
  type ValueMap,
  writeFileAtomic,
} from '../../cache/index.ts';
import type { SourceFile } from '../core/index.ts';
import { type LockEntry, type LockPath, sourceKeys } from '../lockfile/index.ts';
import { readYaml, removeValue, setValue, toValue } from '../values/index.ts';

/** @param path Of the file, relative to the root. It is there, and valid. */
export function recordSource(fs: FileSystem, root: string, path: string, entry: LockEntry): void {
  const full = join(root, path);
  const text = fs.readFile(full).toString('utf8');
  const next = withOuts({ path, text }, entry.outs);
  if (next !== text) writeFileAtomic(fs, full, next, fs.stat(full)?.mode ?? 0o644);
}

function withOuts(file: SourceFile, outs: readonly LockPath[]): string {
  const recorded = new Map(outs.map((out) => [out.path, sourceKeys(out)]));
  return itemsOf(file).reduce((text, item, i) => {
    const wanted = recorded.get(posix.normalize(item.get('path') as string));
    return wanted === undefined ? text : withKeys({ path: file.path, text }, String(i), item, wanted);
  }, file.text);
}

function withKeys(file: SourceFile, index: string, item: ValueMap, wanted: ValueMap): string {
  const gone = CONTENT_KEYS.filter((key) => item.has(key) && !wanted.has(key));
  const without = gone.reduce((text, key) => {
    const edited = removeValue({ path: file.path, text }, ['outs', index, key]);
    if (!edited.ok) throw new Error(`Bug: cannot edit ${file.path}: ${edited.error[0]!.message}`);
    return edited.value.text;
  }, file.text);
  return [...wanted].reduce((text, [key, value]) => {
    const edited = setValue({ path: file.path, text }, ['outs', index, key], {
      value,
      ...(typeof value === 'string' ? { written: value } : {}),
    });
    if (!edited.ok) throw new Error(`Bug: cannot edit ${file.path}: ${edited.error[0]!.message}`);
    return edited.value.text;
  }, without);
}

const CONTENT_KEYS = ['md5', 'size', 'nfiles', 'isexec', 'hash'];

function itemsOf(file: SourceFile): readonly ValueMap[] {
  const read = readYaml(file);
  const root: Value = read.ok ? toValue(read.value) : null;
  const outs = isMap(root) ? root.get('outs') : undefined;
  return outs !== undefined && isList(outs) ? outs.filter(isMap) : [];
}

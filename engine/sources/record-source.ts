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
import { stageDigest } from './stage-digest.ts';

/** @param path Of the file, relative to the root. It is there, and valid. */
export function recordSource(fs: FileSystem, root: string, path: string, entry: LockEntry): void {
  const full = join(root, path);
  const text = fs.readFile(full).toString('utf8');
  const withDeps = withContents({ path, text }, 'deps', entry.deps);
  const next = withStageDigest({ path, text: withContents({ path, text: withDeps }, 'outs', entry.outs) });
  if (next !== text) writeFileAtomic(fs, full, next, fs.stat(full)?.mode ?? 0o644);
}

type Section = 'deps' | 'outs';

function withContents(file: SourceFile, section: Section, contents: readonly LockPath[]): string {
  const recorded = new Map(contents.map((content) => [content.path, sourceKeys(content)]));
  return itemsOf(file, section).reduce((text, item, i) => {
    const wanted = recorded.get(posix.normalize(item.get('path') as string));
    const at = [section, String(i)];
    return wanted === undefined ? text : withKeys({ path: file.path, text }, at, item, wanted);
  }, file.text);
}

/** DVC knows an import by a digest of what its file says, and takes one without it, or with another, for changed. */
function withStageDigest(file: SourceFile): string {
  if (itemsOf(file, 'deps').length === 0) return file.text;
  const value = stageDigest(rootOf(file));
  return edited(file, setValue(file, ['md5'], { value, written: value }));
}

function withKeys(file: SourceFile, at: readonly string[], item: ValueMap, wanted: ValueMap): string {
  const gone = CONTENT_KEYS.filter((key) => item.has(key) && !wanted.has(key));
  const without = gone.reduce((text, key) => {
    return edited(file, removeValue({ path: file.path, text }, [...at, key]));
  }, file.text);
  return [...wanted].reduce((text, [key, value]) => {
    const written = typeof value === 'string' ? { written: value } : {};
    return edited(file, setValue({ path: file.path, text }, [...at, key], { value, ...written }));
  }, without);
}

function edited(file: SourceFile, edit: ReturnType<typeof setValue>): string {
  if (!edit.ok) throw new Error(`Bug: cannot edit ${file.path}: ${edit.error[0]!.message}`);
  return edit.value.text;
}

const CONTENT_KEYS = ['md5', 'size', 'nfiles', 'isexec', 'hash'];

function itemsOf(file: SourceFile, section: Section): readonly ValueMap[] {
  const items = rootOf(file).get(section);
  return items !== undefined && isList(items) ? items.filter(isMap) : [];
}

function rootOf(file: SourceFile): ValueMap {
  const read = readYaml(file);
  const root: Value = read.ok ? toValue(read.value) : null;
  return isMap(root) ? root : new Map<string, Value>();
}

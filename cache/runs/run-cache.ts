/**
 * The run cache: what commands made of their inputs before, in DVC's layout `runs/<2>/<key>/<value>`. An entry is a
 * stage's entry in the lock.
 *
 * @module
 */

import { join } from 'node:path';
import {
  equalValues,
  type FileSystem,
  isErrno,
  isMap,
  isTemporaryName,
  parseYamlValue,
  stringifyYaml,
  type Value,
  type ValueMap,
  writeFileWhole,
  YamlError,
} from '../core/index.ts';
import { runKey, runValue } from './run-identity.ts';

export interface RunCache {
  /** An entry that is there already stays as it is written. */
  save(entry: ValueMap): void;
  /** Newest first. What cannot be read as an entry is passed over. */
  find(key: string): readonly ValueMap[];
  /** All that can be read, with their files. */
  list(): readonly { readonly path: string; readonly entry: ValueMap }[];
}

/** @param options.directory `…/cache/runs`; made when something is saved. */
export function openRunCache(options: { readonly fs: FileSystem; readonly directory: string }): RunCache {
  const { fs, directory } = options;
  const directoryOf = (key: string): string => join(directory, key.slice(0, 2), key);
  return {
    save: (entry) => {
      const path = join(directoryOf(runKey(entry)), runValue(entry));
      const known = readEntry(fs, path);
      if (known === undefined || !equalValues(known, entry)) writeFileWhole(fs, path, stringifyYaml(entry));
    },
    find: (key) => {
      const files = newestFirst(fs, directoryOf(key));
      return files.map((file) => readEntry(fs, file)).filter((entry) => entry !== undefined);
    },
    list: () => {
      const keys = below(fs, directory).flatMap((prefix) => below(fs, prefix));
      return keys.flatMap((key) =>
        newestFirst(fs, key).flatMap((path) => {
          const entry = readEntry(fs, path);
          return entry === undefined ? [] : [{ path, entry }];
        }),
      );
    },
  };
}

/** Directories in a directory, sorted. */
function below(fs: FileSystem, directory: string): readonly string[] {
  if (fs.stat(directory)?.kind !== 'directory') return [];
  const found = fs.readDirectory(directory).filter(({ kind }) => kind === 'directory');
  return found.map(({ name }) => join(directory, name)).sort();
}

function newestFirst(fs: FileSystem, directory: string): readonly string[] {
  if (fs.stat(directory)?.kind !== 'directory') return [];
  return fs
    .readDirectory(directory)
    .filter(({ name }) => !isTemporaryName(name))
    .map(({ name }) => ({ path: join(directory, name), stat: fs.stat(join(directory, name)) }))
    .filter(({ stat }) => stat?.kind === 'file')
    .map(({ path, stat }) => ({ path, mtimeNs: stat?.mtimeNs ?? 0n }))
    .sort((a, b) => compare(b.mtimeNs, a.mtimeNs) || compare(a.path, b.path))
    .map(({ path }) => path);
}

const compare = <T extends bigint | string>(a: T, b: T): number => (a < b ? -1 : a > b ? 1 : 0);

function readEntry(fs: FileSystem, path: string): ValueMap | undefined {
  const text = readText(fs, path);
  if (text === undefined) return undefined;
  let value: Value;
  try {
    value = parseYamlValue(text);
  } catch (error) {
    if (error instanceof YamlError) return undefined;
    throw error;
  }
  return isMap(value) ? value : undefined;
}

function readText(fs: FileSystem, path: string): string | undefined {
  try {
    return fs.readFile(path).toString('utf8');
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return undefined;
    throw error;
  }
}

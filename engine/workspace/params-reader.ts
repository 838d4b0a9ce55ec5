/**
 * Parameters as the workspace has them now, with their places.
 *
 * @module
 */

import { posix } from 'node:path';
import { err, type FileStat, type FileSystem, ok, type Result, type Value } from '../../cache/index.ts';
import {
  type Diagnostic,
  didYouMean,
  fromRoot,
  fromWdir,
  type NamesIn,
  namesUnder,
  type Place,
  type SourceFile,
  suggestPath,
} from '../core/index.ts';
import type { ResolvedParams, ResolvedStage } from '../template/index.ts';
import { lookUp, readValues, toValue, type YamlNode } from '../values/index.ts';

export interface ParamsReader {
  readonly read: (
    stage: ResolvedStage,
    params: ResolvedParams,
  ) => Result<ReadonlyMap<string, Value>, readonly Diagnostic[]>;
  /** Where the value of a dotted key stands; that of its nearest parent if it has none. */
  readonly locate: (path: string, key: string) => Place | undefined;
  /** The params files that were read, relative to the root. */
  readonly sources: () => readonly string[];
}

interface ValuesFile {
  readonly file: SourceFile;
  readonly node: YamlNode;
}

type Read = Result<ValuesFile, readonly Diagnostic[]>;

export function createParamsReader(fs: FileSystem, root: string): ParamsReader {
  const namesIn = namesUnder(fs, root);
  const files = new Map<string, { readonly stat: FileStat; readonly read: Read }>();
  const open = (path: string): Read | undefined => {
    const full = posix.resolve(root, path);
    const stat = fs.stat(full);
    if (stat?.kind !== 'file') return undefined;
    const known = files.get(path);
    if (known !== undefined && isSame(known.stat, stat)) return known.read;
    const file = { path, text: fs.readFile(full).toString('utf8') };
    const node = readValues(file);
    const read: Read = node.ok ? ok({ file, node: node.value }) : node;
    files.set(path, { stat, read });
    return read;
  };
  return {
    read: (stage, params) => {
      const opened = open(fromRoot(stage.wdir, params.file));
      if (opened === undefined) return err([missingFile(stage, params, namesIn)]);
      return opened.ok ? select(stage, params, opened.value) : opened;
    },
    locate: (path, key) => {
      const opened = open(path);
      return opened?.ok === true ? placeOf(opened.value, key) : undefined;
    },
    sources: () => [...files.keys()],
  };
}

const isSame = (a: FileStat, b: FileStat): boolean =>
  a.inode === b.inode && a.sizeBytes === b.sizeBytes && a.mtimeNs === b.mtimeNs && a.ctimeNs === b.ctimeNs;

function select(
  stage: ResolvedStage,
  params: ResolvedParams,
  { node, file }: ValuesFile,
): Result<ReadonlyMap<string, Value>, readonly Diagnostic[]> {
  if (params.keys === 'all') {
    const entries = node.kind === 'map' ? node.entries : [];
    return ok(new Map(entries.map(({ key, value }) => [key, toValue(value)])));
  }
  const values = new Map<string, Value>();
  const errors: Diagnostic[] = [];
  for (const { key, place } of params.keys) {
    const found = lookUp(node, key);
    if (found !== undefined) values.set(key, toValue(found));
    else errors.push(missingParam(stage, key, place, file, node));
  }
  return errors.length > 0 ? err(errors) : ok(values);
}

function placeOf({ file, node }: ValuesFile, key: string): Place {
  for (let wanted = key; wanted !== ''; wanted = wanted.slice(0, Math.max(0, wanted.lastIndexOf('.')))) {
    const found = lookUp(node, wanted);
    if (found !== undefined) return { file, range: found.range };
  }
  return { file, range: node.range };
}

function missingFile(stage: ResolvedStage, params: ResolvedParams, namesIn: NamesIn): Diagnostic {
  const similar = suggestPath(fromRoot(stage.wdir, params.file), namesIn);
  return {
    code: 'E_MISSING_PARAMS_FILE',
    message: `Params file "${params.file}" of stage "${stage.name}" is not there`,
    place: params.place,
    hint:
      similar === undefined
        ? 'create it, or name another file: "params: [{file.yaml: [key]}]"'
        : `did you mean "${fromWdir(stage.wdir, similar)}"?`,
  };
}

function missingParam(
  stage: ResolvedStage,
  key: string,
  place: Place,
  file: SourceFile,
  node: YamlNode,
): Diagnostic {
  const parent = key.slice(0, Math.max(0, key.lastIndexOf('.')));
  const around = parent === '' ? node : lookUp(node, parent);
  const known = around?.kind === 'map' ? around.entries.map((entry) => entry.key) : [];
  const prefix = around === undefined || parent === '' ? '' : `${parent}.`;
  return {
    code: 'E_MISSING_PARAM',
    message: `Param "${key}" of stage "${stage.name}" is not in "${file.path}"`,
    place,
    hint:
      didYouMean(
        key,
        known.map((name) => `${prefix}${name}`),
      ) ?? `add it to "${file.path}"`,
  };
}

/**
 * `.dvc` files: data that no stage makes, under the digests that the file itself records.
 *
 * A stage whose outs are verified and recorded as they stand. With deps it is an import, which stays as it is while it is
 * frozen.
 *
 * @module
 */

import { posix } from 'node:path';
import {
  err,
  isList,
  isMap,
  ok,
  parseBlockYaml,
  type Result,
  type Value,
  type ValueMap,
} from '../../cache/index.ts';
import { type Diagnostic, fromRoot, type Place, type SourceFile } from '../core/index.ts';
import { type LockEntry, lockPathFrom } from '../lockfile/index.ts';
import type { ResolvedDep, ResolvedOut, ResolvedStage, StageFile } from '../template/index.ts';
import { entryOf, readYaml, toValue, type YamlNode } from '../values/index.ts';
import { sourceMistake } from './source-keys.ts';

export interface Source {
  /** As seen from the root. */
  readonly stage: ResolvedStage;
  readonly entry: LockEntry;
}

/** @param file Its path is relative to the root. */
export function readSource(file: SourceFile): Result<Source, readonly Diagnostic[]> {
  const quick = parseBlockYaml(file.text);
  const read = quick === undefined ? readSlowly(file) : ok(quick);
  if (!read.ok) return read;
  const root = read.value ?? new Map<string, Value>();
  if (!isMap(root)) return err([invalid(file, [], 'A .dvc file must hold a mapping')]);
  const mistake = sourceMistake(root);
  if (mistake !== undefined) return err([invalid(file, mistake.path, mistake.message)]);
  return ok(sourceFrom(file, root));
}

function readSlowly(file: SourceFile): Result<Value, readonly Diagnostic[]> {
  const node = readYaml(file);
  return node.ok ? ok(toValue(node.value)) : node;
}

function sourceFrom(file: SourceFile, root: ValueMap): Source {
  const place: Place = { file, range: { start: 0, end: 0 } };
  const directory = posix.dirname(file.path);
  const wdir = fromRoot(directory, textOr(root.get('wdir'), '.'));
  const outs = mapsIn(root.get('outs'));
  const deps = mapsIn(root.get('deps'));
  const isRemote = (dep: ValueMap): boolean =>
    dep.has('repo') || dep.has('db') || /^[a-z][a-z\d+.-]*:\/\//i.test(pathOf(dep));
  const stage: ResolvedStage = {
    name: file.path,
    id: file.path,
    localName: file.path,
    group: undefined,
    file: fileOf(file.path),
    place,
    wdir,
    action: { kind: 'source', place },
    deps: deps.filter((dep) => !isRemote(dep)).map((dep): ResolvedDep => ({ path: pathOf(dep), place })),
    params: [],
    outs: outs.map((out) => outOf(out, place)),
    env: new Map(),
    frozen: root.get('frozen') === true || root.get('locked') === true,
    alwaysChanged: root.get('always_changed') === true,
    desc: typeof root.get('desc') === 'string' ? (root.get('desc') as string) : undefined,
    meta: root.get('meta'),
    cpu: 1,
  };
  const entry: LockEntry = {
    action: { kind: 'source' },
    env: new Map(),
    deps: deps.filter((dep) => !isRemote(dep)).flatMap((dep) => lockPathFrom(dep, 'any-keys') ?? []),
    params: new Map(),
    outs: outs.flatMap((out) => lockPathFrom(out, 'any-keys') ?? []),
  };
  return { stage, entry };
}

const fileOf = (path: string): StageFile => ({ kind: 'source', path, address: path, lock: path });

function outOf(out: ValueMap, place: Place): ResolvedOut {
  const labels = out.get('labels');
  return {
    path: pathOf(out),
    place,
    kind: out.has('plot') ? 'plot' : out.has('metric') ? 'metric' : 'out',
    cache: out.get('cache') !== false,
    persist: out.get('persist') === true,
    push: out.get('push') !== false,
    remote: textOr(out.get('remote'), undefined),
    desc: textOr(out.get('desc'), undefined),
    type: textOr(out.get('type'), undefined),
    labels: labels !== undefined && isList(labels) ? labels.filter((label) => typeof label === 'string') : [],
    meta: out.get('meta'),
    plot: undefined,
  };
}

const pathOf = (item: ValueMap): string => posix.normalize(item.get('path') as string);

const mapsIn = (value: Value | undefined): readonly ValueMap[] =>
  value !== undefined && isList(value) ? value.filter(isMap) : [];

const textOr = <T>(value: Value | undefined, other: T): string | T =>
  typeof value === 'string' ? value : other;

const invalid = (file: SourceFile, path: readonly string[], message: string): Diagnostic => ({
  code: 'E_INVALID_SOURCE',
  message,
  place: placeAt(file, path),
  hint: 'take the file back from git, or make it anew with "dvc-like add"',
});

/** Of the key where one leads there, else of the item. */
function placeAt(file: SourceFile, path: readonly string[]): Place {
  const root = readYaml(file);
  let range = { start: 0, end: 0 };
  let node: YamlNode | undefined = root.ok ? root.value : undefined;
  for (const part of path) {
    const entry = node?.kind === 'map' ? entryOf(node, part) : undefined;
    node = node?.kind === 'list' ? node.items[Number(part)] : entry?.value;
    range = entry?.keyRange ?? node?.range ?? range;
  }
  return { file, range };
}

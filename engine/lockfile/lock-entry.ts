/**
 * A lock entry: what one stage made of what, the last time that it ran.
 *
 * The same mapping stands in the lock and in the run cache; keys and their order are DVC's, plus `module`, `code`,
 * `with` and `env`.
 *
 * @module
 */

import {
  type ContentState,
  compareCodePoints,
  type Digest,
  isDigest,
  isList,
  isMap,
  type Value,
  type ValueMap,
} from '../../cache/index.ts';

export interface LockEntry {
  readonly action: LockAction;
  readonly env: ValueMap;
  readonly deps: readonly LockPath[];
  /** File to its tracked keys, dotted as declared. */
  readonly params: ReadonlyMap<string, ValueMap>;
  /** Outs, metrics and plots together. */
  readonly outs: readonly LockPath[];
}

export type LockAction =
  | { readonly kind: 'command'; readonly cmd: string | readonly string[] }
  | { readonly kind: 'module'; readonly module: string; readonly code: string; readonly with: ValueMap }
  /** Of a `.dvc` file. */
  | { readonly kind: 'source' };

export interface LockPath {
  /** Relative to the stage's `wdir`. */
  readonly path: string;
  /** Undefined where an older tool left no digest of this kind. */
  readonly digest: Digest | undefined;
  /** DVC 2's digest, which turned CRLF into LF first; only where there is no other. */
  readonly legacy?: Digest;
  readonly sizeBytes: number | undefined;
  /** For trees. */
  readonly fileCount: number | undefined;
  readonly isExecutable: boolean;
  /** What DVC's remotes say of it: `version_id`, `etag`, `cloud` and the like; kept while the content is the same. */
  readonly cloud?: ValueMap;
}

/** @returns Undefined for a path that is not there. */
export function lockPath(path: string, state: ContentState): LockPath | undefined {
  switch (state.kind) {
    case 'missing':
      return undefined;
    case 'file':
      return { path, ...state, fileCount: undefined };
    case 'tree':
      return { path, ...state, isExecutable: false };
  }
}

/** The mapping as it stands in the lock. Deps and outs are sorted by path, params by file (the default one first). */
export function entryToValue(entry: LockEntry, defaultParams: string): ValueMap {
  const map = new Map<string, Value>();
  if (entry.action.kind === 'command') {
    map.set('cmd', entry.action.cmd);
  } else if (entry.action.kind === 'module') {
    map.set('module', entry.action.module);
    map.set('code', entry.action.code);
    if (entry.action.with.size > 0) map.set('with', entry.action.with);
  }
  if (entry.env.size > 0) map.set('env', entry.env);
  if (entry.deps.length > 0) map.set('deps', sortedPaths(entry.deps));
  if (entry.params.size > 0) map.set('params', sortedParams(entry.params, defaultParams));
  if (entry.outs.length > 0) map.set('outs', sortedPaths(entry.outs));
  return map;
}

const sortedPaths = (paths: readonly LockPath[]): Value =>
  [...paths].sort((a, b) => compareCodePoints(a.path, b.path)).map(pathToValue);

/** The keys of a `.dvc` file that say what the content is, in DVC's order. */
export function sourceKeys({ digest, legacy, sizeBytes, fileCount, isExecutable }: LockPath): ValueMap {
  const map = new Map<string, Value>();
  const md5 = digest ?? legacy;
  if (md5 !== undefined) map.set('md5', md5);
  if (sizeBytes !== undefined) map.set('size', sizeBytes);
  if (fileCount !== undefined) map.set('nfiles', fileCount);
  if (isExecutable) map.set('isexec', true);
  if (digest !== undefined) map.set('hash', 'md5');
  return map;
}

function pathToValue(entry: LockPath): ValueMap {
  const map = new Map<string, Value>([['path', entry.path]]);
  if (entry.digest !== undefined) map.set('hash', 'md5').set('md5', entry.digest);
  else if (entry.legacy !== undefined) map.set('md5', entry.legacy);
  if (entry.sizeBytes !== undefined) map.set('size', entry.sizeBytes);
  if (entry.fileCount !== undefined) map.set('nfiles', entry.fileCount);
  if (entry.isExecutable) map.set('isexec', true);
  for (const [key, value] of entry.cloud ?? []) map.set(key, value);
  return map;
}

function sortedParams(params: ReadonlyMap<string, ValueMap>, defaultParams: string): ValueMap {
  const rank = (file: string): string => (file === defaultParams ? '' : file);
  const files = [...params.keys()].sort((a, b) => compareCodePoints(rank(a), rank(b)));
  return new Map(files.map((file) => [file, sortedKeys(params.get(file)!)]));
}

const sortedKeys = (map: ValueMap): ValueMap => new Map([...map].sort(([a], [b]) => compareCodePoints(a, b)));

/** @returns Undefined if `value` is not a lock entry: the caller says where it stands. */
export function entryFromValue(value: Value): LockEntry | undefined {
  if (!isMap(value)) return undefined;
  const action = actionFrom(value);
  const deps = pathsFrom(value.get('deps'));
  const outs = pathsFrom(value.get('outs'));
  const params = value.get('params') ?? new Map<string, Value>();
  const env = value.get('env') ?? new Map<string, Value>();
  if (!action || !deps || !outs || !isMap(params) || !isMap(env)) return undefined;
  if (![...value.keys()].every((key) => KEYS.has(key))) return undefined;
  const files = [...params].filter((pair): pair is [string, ValueMap] => isMap(pair[1]));
  return files.length === params.size ? { action, env, deps, outs, params: new Map(files) } : undefined;
}

const KEYS = new Set(['cmd', 'module', 'code', 'with', 'env', 'deps', 'params', 'outs']);

function actionFrom(map: ValueMap): LockAction | undefined {
  const cmd = map.get('cmd');
  if (typeof cmd === 'string') return { kind: 'command', cmd };
  if (cmd !== undefined) {
    return isList(cmd) && cmd.every((line): line is string => typeof line === 'string')
      ? { kind: 'command', cmd }
      : undefined;
  }
  const module = map.get('module');
  const code = map.get('code');
  const args = map.get('with') ?? new Map<string, Value>();
  return typeof module === 'string' && typeof code === 'string' && isMap(args)
    ? { kind: 'module', module, code, with: args }
    : undefined;
}

function pathsFrom(value: Value | undefined): readonly LockPath[] | undefined {
  if (value === undefined) return [];
  if (!isList(value)) return undefined;
  const paths = value.map(pathFrom);
  return paths.every((path) => path !== undefined) ? paths : undefined;
}

const pathFrom = (value: Value): LockPath | undefined =>
  isMap(value) ? lockPathFrom(value, 'known-keys') : undefined;

/**
 * A dep or an out, as a lock or a `.dvc` file has it.
 *
 * @param keys Whether a key that no lock has is a mistake.
 */
export function lockPathFrom(value: ValueMap, keys: 'known-keys' | 'any-keys'): LockPath | undefined {
  const path = value.get('path');
  const md5 = value.get('md5');
  const size = value.get('size');
  const count = value.get('nfiles');
  if (typeof path !== 'string') return undefined;
  if (md5 !== undefined && (typeof md5 !== 'string' || !isDigest(md5))) return undefined;
  if (keys === 'known-keys' && ![...value.keys()].every((key) => PATH_KEYS.has(key) || CLOUD_KEYS.has(key)))
    return undefined;
  const cloud = new Map([...value].filter(([key]) => CLOUD_KEYS.has(key)));
  return {
    path,
    digest: value.has('hash') ? md5 : undefined,
    sizeBytes: typeof size === 'number' ? size : undefined,
    fileCount: typeof count === 'number' ? count : undefined,
    isExecutable: value.get('isexec') === true,
    ...(md5 !== undefined && !value.has('hash') ? { legacy: md5 } : {}),
    ...(cloud.size > 0 ? { cloud } : {}),
  };
}

const PATH_KEYS = new Set(['path', 'hash', 'md5', 'size', 'nfiles', 'isexec']);
const CLOUD_KEYS = new Set(['version_id', 'etag', 'checksum', 'cloud', 'files', 'dataset']);

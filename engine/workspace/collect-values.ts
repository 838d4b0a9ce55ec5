/**
 * The params and the metrics of a version of the project.
 *
 * @module
 */

import { isMap, type Value, type ValueMap } from '../../cache/index.ts';
import { type Diagnostic, fromRoot } from '../core/index.ts';
import type { ResolvedStage } from '../template/index.ts';
import {
  flattenValue,
  lookUp,
  readValues,
  toValue,
  type ValueFiles,
  type YamlNode,
} from '../values/index.ts';
import type { Version } from './version.ts';

export interface Collected {
  /** By path from the root, in the order in which the manifest names them. */
  readonly files: ValueFiles;
  /** The same, as trees. */
  readonly trees: ReadonlyMap<string, Value>;
  /** Files that are named but not there. */
  readonly missing: readonly string[];
  /** What could not be read. */
  readonly problems: readonly (Diagnostic & { readonly path: string })[];
}

export interface ParamsSelection {
  /** Only these files, relative to the root, whole; without any, all. */
  readonly targets: readonly string[];
  /** Only what stages depend on. */
  readonly depsOnly: boolean;
  /** Its whole content is a parameter, also where no stage depends on it. */
  readonly defaultFile: string;
}

export function collectParams(version: Version, selection: ParamsSelection): Collected {
  const { targets, depsOnly, defaultFile } = selection;
  if (targets.length > 0) return collect(version, new Map(targets.map((path) => [path, 'all'])), toValue);
  const wanted = new Map<string, 'all' | Set<string>>();
  for (const stage of stagesIn(version)) {
    for (const { file, keys } of stage.params) {
      const path = fromRoot(stage.wdir, file);
      const known = wanted.get(path);
      if (keys === 'all' || known === 'all') wanted.set(path, 'all');
      else wanted.set(path, new Set([...(known ?? []), ...keys.map(({ key }) => key)]));
    }
  }
  if (!depsOnly) {
    for (const { path } of version.pipeline?.top.params ?? []) wanted.set(path, 'all');
    if (version.read(defaultFile).kind !== 'missing') wanted.set(defaultFile, 'all');
  }
  return collect(version, wanted, toValue);
}

/** In the order of the manifests. */
const stagesIn = ({ pipeline }: Version): readonly ResolvedStage[] => [
  ...(pipeline?.graph.stages.values() ?? []),
];

/** @param targets Only these files or directories, relative to the root; without any, all. */
export function collectMetrics(version: Version, targets: readonly string[]): Collected {
  const metrics = version.pipeline?.top.metrics ?? [];
  const outs = stagesIn(version).flatMap((stage) =>
    stage.outs.filter(({ kind }) => kind === 'metric').map(({ path }) => fromRoot(stage.wdir, path)),
  );
  const named = targets.length > 0 ? targets : [...outs, ...metrics.map(({ path }) => path)];
  const paths = named.flatMap((path) => {
    const below = version.filesBelow(path).filter((file) => /\.(?:json|ya?ml|toml)$/.test(file));
    return below.length > 0 ? below : [path];
  });
  return collect(version, new Map(paths.map((path) => [path, 'all'])), (node) => measured(toValue(node)));
}

function collect(
  version: Version,
  wanted: ReadonlyMap<string, 'all' | ReadonlySet<string>>,
  valueOf: (node: YamlNode) => Value,
): Collected {
  const files = new Map<string, ReadonlyMap<string, Value>>();
  const trees = new Map<string, Value>();
  const missing: string[] = [];
  const problems: (Diagnostic & { readonly path: string })[] = [];
  for (const [path, keys] of wanted) {
    const file = version.read(path);
    if (file.kind === 'missing') missing.push(path);
    else if (file.kind === 'not-cached') problems.push({ path, ...notCached(version, path, file.digest) });
    else {
      const read = readValues({ path, text: file.text });
      if (!read.ok) problems.push(...read.error.map((each) => ({ path, ...each })));
      else {
        const value = valueOf(read.value);
        trees.set(path, value);
        files.set(path, keys === 'all' ? leavesOf(value) : selected(read.value, keys));
      }
    }
  }
  return { files, trees, missing, problems };
}

/** An empty file has no values. */
const leavesOf = (value: Value): ReadonlyMap<string, Value> =>
  value === null ? new Map() : flattenValue(value);

function selected(root: YamlNode, keys: ReadonlySet<string>): ReadonlyMap<string, Value> {
  const leaves = new Map<string, Value>();
  for (const key of keys) {
    const node = lookUp(root, key);
    if (node !== undefined)
      for (const [leaf, value] of flattenValue(toValue(node), key)) leaves.set(leaf, value);
  }
  return leaves;
}

/** Of a metrics file only numbers, booleans and texts count. */
function measured(value: Value): Value {
  if (!isMap(value)) return Array.isArray(value) ? null : value;
  const kept = new Map<string, Value>();
  for (const [key, item] of value) {
    const inner = measured(item);
    if (inner !== null && !(isMap(inner) && inner.size === 0)) kept.set(key, inner);
  }
  return kept satisfies ValueMap;
}

export const notCached = (version: Version, path: string, digest: string): Diagnostic => ({
  code: 'E_NOT_CACHED',
  message: `"${path}" of ${version.name} is not in the cache: the lock names it ${digest}`,
  hint:
    version.name === 'workspace'
      ? 'run "dvc-like repro"'
      : `check "${version.name}" out and run "dvc-like repro" there, or bring its cache here`,
});

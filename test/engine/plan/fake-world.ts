/**
 * A world to plan in: contents by path, a cache by digest, runs; nothing on disk.
 *
 * @module
 */

import { createHash } from 'node:crypto';
import { asDigest, type ContentState, type Digest, err, ok, type Value } from '../../../cache/index.ts';
import type { StageGraph } from '../../../engine/graph/index.ts';
import type { LockEntry, LockPath } from '../../../engine/lockfile/index.ts';
import { makePlan, type Observer, type Verdict } from '../../../engine/plan/index.ts';
import { graphOf } from '../graph/graph-of.ts';

export interface World {
  /** Path to text. */
  files: Readonly<Record<string, string>>;
  params: Readonly<Record<string, Value>>;
  codes: Readonly<Record<string, string>>;
  /** Texts that the cache has. */
  cached: readonly string[];
  runs: readonly LockEntry[];
  lock: Readonly<Record<string, LockEntry>>;
}

export const EMPTY: World = { files: {}, params: {}, codes: {}, cached: [], runs: [], lock: {} };

const digestOf = (text: string): Digest => asDigest(createHash('md5').update(text).digest('hex'));

const lockPathOf = (path: string, text: string): LockPath => ({
  path,
  digest: digestOf(text),
  sizeBytes: text.length,
  fileCount: undefined,
  isExecutable: false,
});

export interface EntryParts {
  readonly deps?: Readonly<Record<string, string>>;
  readonly params?: Readonly<Record<string, Value>>;
  readonly outs?: Readonly<Record<string, string>>;
}

/** Deps and outs by path to text, params of `config.yaml`. */
export function entryOf(cmd: string, { deps = {}, params = {}, outs = {} }: EntryParts): LockEntry {
  return {
    action: { kind: 'command', cmd },
    env: new Map(),
    deps: Object.entries(deps).map(([path, text]) => lockPathOf(path, text)),
    params:
      Object.keys(params).length === 0
        ? new Map()
        : new Map([['config.yaml', new Map(Object.entries(params))]]),
    outs: Object.entries(outs).map(([path, text]) => lockPathOf(path, text)),
  };
}

export interface PlanOptions {
  readonly force?: boolean;
  readonly useRunCache?: boolean;
  readonly dialect?: 'dvc' | 'native';
}

/** The verdict on each stage of a manifest. */
export function planIn(
  world: World,
  manifest: string,
  options: PlanOptions = {},
): Readonly<Record<string, Verdict>> {
  const graph: StageGraph = graphOf(manifest);
  const lock = new Map(Object.entries(world.lock));
  const full = {
    force: false,
    forceDownstream: false,
    useRunCache: true,
    allowMissing: false,
    restoresData: false,
    dialect: 'native' as const,
    ...options,
  };
  const { stages } = makePlan(graph, graph.order, lock, observerOf(world), full);
  return Object.fromEntries(stages.map(({ stage, verdict }) => [stage.name, verdict]));
}

function observerOf({ files, params, codes, cached, runs }: World): Observer {
  const digests = new Set(cached.map(digestOf));
  return {
    content: (path): ContentState => {
      const text = files[path];
      return text === undefined
        ? { kind: 'missing' }
        : { kind: 'file', digest: digestOf(text), sizeBytes: text.length, isExecutable: false };
    },
    params: (_stage, { keys }) => {
      const known = new Map(Object.entries(params));
      return keys === 'all' ? ok(known) : ok(new Map(keys.map(({ key }) => [key, known.get(key) ?? null])));
    },
    code: (module) => {
      const code = codes[module];
      return code === undefined ? err([{ code: 'E_NO_MODULE', message: `No module "${module}"` }]) : ok(code);
    },
    namesIn: () => [],
    isCached: (digest) => digests.has(digest),
    legacy: () => undefined,
    isLegacyCached: () => false,
    tree: () => undefined,
    runs: () => runs,
  };
}

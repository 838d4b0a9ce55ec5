/**
 * What must hold in a project at any moment, however its last run ended: read from the disk, without the engine.
 *
 * @module
 */

import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

export interface LockedPath {
  readonly path: string;
  readonly md5: string;
}

export interface LockedStage {
  readonly cmd: string;
  readonly deps?: readonly LockedPath[];
  readonly outs?: readonly LockedPath[];
}

export const md5 = (bytes: string | Uint8Array): string => createHash('md5').update(bytes).digest('hex');

/** The stages of the lock; none where there is no lock. It is only ever there whole. */
export function lockedStages(root: string): Readonly<Record<string, LockedStage>> {
  const path = join(root, 'dvc-like.lock');
  if (!existsSync(path)) return {};
  const lock = parse(readFileSync(path, 'utf8')) as {
    readonly schema: string;
    readonly stages: Readonly<Record<string, LockedStage>>;
  };
  if (lock.schema !== '2.0') throw new Error(`The lock is of schema ${lock.schema}`);
  return lock.stages;
}

/** @throws {Error} If an object of the cache is not what its name says, or a directory object is no list. */
export function checkObjects(root: string): void {
  for (const [digest, path] of objectsOf(root)) {
    const bytes = readFileSync(path);
    if (md5(bytes) !== digest.slice(0, 32)) throw new Error(`Object ${digest} is of digest ${md5(bytes)}`);
    if (digest.endsWith('.dir')) JSON.parse(bytes.toString());
    if ((statSync(path).mode & 0o222) !== 0) throw new Error(`Object ${digest} can be written to`);
  }
}

export function objectBytes(root: string, digest: string): Buffer {
  return readFileSync(join(storeOf(root), digest.slice(0, 2), digest.slice(2)));
}

/** @throws {Error} If the lock names an output that the cache lacks. */
export function checkLockedObjects(root: string): void {
  const known = new Set(objectsOf(root).keys());
  for (const [name, { outs = [] }] of Object.entries(lockedStages(root))) {
    for (const { path, md5: digest } of outs) {
      if (!known.has(digest)) throw new Error(`The cache lacks ${path} of stage ${name}: ${digest}`);
    }
  }
}

/**
 * All that a run leaves, as text: the workspace, the lock, the objects and the entries of the run cache by name, and
 * whatever else lies about in the cache. What a machine keeps for itself (`tmp/`) is left out.
 */
export function tracesOf(root: string): Readonly<Record<string, string>> {
  const traces: [string, string][] = [];
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const name = path.slice(root.length + 1);
    if (name.startsWith('.dvc-like/tmp') || entry.isDirectory()) continue;
    traces.push([name, md5(readFileSync(path))]);
  }
  return Object.fromEntries(traces.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function objectsOf(root: string): ReadonlyMap<string, string> {
  const objects = new Map<string, string>();
  if (!existsSync(storeOf(root))) return objects;
  for (const prefix of readdirSync(storeOf(root)).filter((name) => /^[0-9a-f]{2}$/.test(name))) {
    for (const rest of readdirSync(join(storeOf(root), prefix))) {
      objects.set(prefix + rest, join(storeOf(root), prefix, rest));
    }
  }
  return objects;
}

const storeOf = (root: string): string => join(root, '.dvc-like/cache/files/md5');

/**
 * The no-op snapshot: the stats of everything that an up-to-date `repro` looked at.
 *
 * While every one of them is as it was, nothing can have changed, and the next `repro` need not read anything else. It
 * covers deps, outs, their cache objects, params, manifest, lock, the layers of the config, ignore files, the directories
 * in which discovery looks, module sources, `package.json` and the package lock, what links lead to, the arguments, and
 * our own version.
 *
 * A file as young as the snapshot could change again within the clock's grain without its stat showing it (git calls it
 * "racily clean"): such a snapshot does not hold, and the run that follows looks again and writes one that does.
 *
 * Imports nothing but node: this is the start-up path.
 *
 * @module
 */

import * as fs from 'node:fs';
import { join } from 'node:path';
import type { FileSystem } from '../../cache/index.ts';

/** What a snapshot holds for: another command line, directory or version is another question. */
export interface SnapshotKey {
  /** Of this tool and of node. */
  readonly version: string;
  /** What else the answer hangs on: where the config of the person and the machine lies. */
  readonly surroundings: readonly string[];
  readonly cwd: string;
  readonly args: readonly string[];
}

const FILE_NAME = 'snapshot';
const FORMAT = 'dvc-like snapshot 2';
/** Linux stamps files with the time of its last tick: up to 10 ms old. */
const GRAIN_NS = 20_000_000n;

/** @returns What the command printed, if it would do nothing again. */
export function readSnapshot(stateDirectory: string, root: string, key: SnapshotKey): string | undefined {
  let text: string;
  try {
    text = fs.readFileSync(join(stateDirectory, FILE_NAME), 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error;
  }
  const lines = text.split('\n');
  if (lines[0] !== FORMAT || lines[1] !== keyLine(key) || lines.at(-1) !== 'end') return undefined;
  for (let i = 3; i < lines.length - 1; i++) {
    const line = lines[i]!;
    const tab = line.indexOf('\t');
    const stats = statsOf(absolute(root, line.slice(tab + 1)));
    if (stats.map(statText).join(' ') !== line.slice(0, tab)) return undefined;
  }
  return JSON.parse(lines[2]!) as string;
}

/**
 * Writes a snapshot, unless a file is so young that it would not hold or has a name that a line cannot hold.
 *
 * @param seenAtNs When looking began, by the file system's clock.
 * @param paths Relative to the root, or absolute; what is not there is remembered as absent.
 */
export function writeSnapshot(
  port: FileSystem,
  stateDirectory: string,
  root: string,
  key: SnapshotKey,
  output: string,
  paths: Iterable<string>,
  seenAtNs: bigint,
): void {
  const lines = [FORMAT, keyLine(key), JSON.stringify(output)];
  for (const path of new Set(paths)) {
    const full = absolute(root, path);
    const stats = statsOf(full);
    if (path.includes('\n') || stats.some((stat) => stat !== undefined && isYoung(stat, seenAtNs))) return;
    lines.push(`${stats.map(statText).join(' ')}\t${path}`);
  }
  const target = join(stateDirectory, FILE_NAME);
  const temporary = port.temporaryPath(stateDirectory);
  port.createFile(temporary, [...lines, 'end'].join('\n'), 0o644);
  port.rename(temporary, target);
}

/** Before anything may change: no snapshot must outlive it. */
export function dropSnapshot(stateDirectory: string): void {
  fs.rmSync(join(stateDirectory, FILE_NAME), { force: true });
}

const keyLine = (key: SnapshotKey): string =>
  JSON.stringify([key.version, ...key.surroundings, key.cwd, ...key.args]);

const absolute = (root: string, path: string): string => (path.startsWith('/') ? path : `${root}/${path}`);

const isYoung = (stat: fs.BigIntStats, seenAtNs: bigint): boolean =>
  stat.mtimeNs + GRAIN_NS >= seenAtNs || stat.ctimeNs + GRAIN_NS >= seenAtNs;

/** Of the path itself and, where it is a link, of the file that it leads to in the end. */
function statsOf(path: string): readonly (fs.BigIntStats | undefined)[] {
  const stat = statWith(fs.lstatSync, path);
  return stat?.isSymbolicLink() === true ? [stat, statWith(fs.statSync, path)] : [stat];
}

function statWith(statSync: typeof fs.lstatSync, path: string): fs.BigIntStats | undefined {
  try {
    return statSync(path, { bigint: true, throwIfNoEntry: false });
  } catch (error) {
    if (UNREACHABLE.has((error as NodeJS.ErrnoException).code)) return undefined;
    throw error;
  }
}

/** A file where a directory was, links in a circle, a directory that may not be entered. */
const UNREACHABLE: ReadonlySet<string | undefined> = new Set(['ENOTDIR', 'ELOOP', 'EACCES']);

const statText = (stat: fs.BigIntStats | undefined): string =>
  stat === undefined ? 'absent' : `${stat.ino} ${stat.mode} ${stat.size} ${stat.mtimeNs} ${stat.ctimeNs}`;

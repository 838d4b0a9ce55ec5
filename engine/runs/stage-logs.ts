/**
 * What stages wrote the last time they ran: a file for each.
 *
 * Of a long output the head and the tail are kept. The head is written as it comes, the tail when the stage ends.
 *
 * @module
 */

import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { type FileSystem, isSystemError, type SystemError } from '../../cache/index.ts';
import type { RunEvent } from '../run/index.ts';
import type { ResolvedStage } from '../template/index.ts';

export interface StageLogs {
  readonly observe: (event: RunEvent) => void;
  /** Why the rest was not written, where it could not be. */
  readonly failure: () => SystemError | undefined;
}

export interface LogLimits {
  readonly headBytes: number;
  readonly tailBytes: number;
}

/** Of those that every run keeps. */
export const KEPT: LogLimits = { headBytes: 5 * 2 ** 20, tailBytes: 5 * 2 ** 20 };
export const UNLIMITED: LogLimits = { headBytes: Number.POSITIVE_INFINITY, tailBytes: 0 };

interface OpenLog {
  readonly path: string;
  headBytes: number;
  tail: Uint8Array[];
  tailBytes: number;
  droppedBytes: number;
}

/** @param directory Absolute; made when the first stage writes something. */
export function openStageLogs(fs: FileSystem, directory: string, limits: LogLimits): StageLogs {
  const open = new Map<string, OpenLog>();
  let existing: Set<string> | undefined;
  let isMade = false;
  let failure: SystemError | undefined;
  const start = (stage: ResolvedStage): void => {
    const name = logName(stage.id);
    existing ??= namesIn(fs, directory);
    const path = join(directory, name);
    if (existing.delete(name)) fs.remove(path);
    open.set(stage.name, { path, headBytes: 0, tail: [], tailBytes: 0, droppedBytes: 0 });
  };
  const write = (log: OpenLog, chunk: Uint8Array): void => {
    const head = chunk.subarray(0, Math.max(0, limits.headBytes - log.headBytes));
    if (head.length > 0) {
      if (!isMade) fs.makeDirectory(directory);
      isMade = true;
      fs.appendFile(log.path, head);
      log.headBytes += head.length;
    }
    if (head.length < chunk.length) keepTail(log, chunk.subarray(head.length), limits.tailBytes);
  };
  const end = (stage: string): void => {
    const log = open.get(stage);
    open.delete(stage);
    if (log === undefined || log.tail.length === 0) return;
    if (log.droppedBytes > 0) fs.appendFile(log.path, `\n[... ${log.droppedBytes} bytes left out ...]\n`);
    fs.appendFile(log.path, Buffer.concat(log.tail));
  };
  const handle = (event: RunEvent): void => {
    if (event.kind === 'started') start(event.stage);
    else if (event.kind === 'finished') end(event.stage.name);
    else if (event.kind === 'output' && open.has(event.stage)) write(open.get(event.stage)!, event.chunk);
  };
  return {
    observe: (event) => {
      if (failure !== undefined) return;
      try {
        handle(event);
      } catch (error) {
        // A full disk: the run goes on without.
        if (!isSystemError(error)) throw error;
        failure = error;
      }
    },
    failure: () => failure,
  };
}

/** @returns Undefined where it wrote nothing, or never ran here. */
export function readStageLog(fs: FileSystem, directory: string, { id }: ResolvedStage): Buffer | undefined {
  const path = join(directory, logName(id));
  return fs.stat(path)?.kind === 'file' ? fs.readFile(path) : undefined;
}

export const keptLogs = (state: string): string => join(state, 'logs');

function keepTail(log: OpenLog, chunk: Uint8Array, limit: number): void {
  log.tail.push(chunk);
  log.tailBytes += chunk.length;
  while (log.tailBytes > limit) {
    const first = log.tail.shift()!;
    const excess = Math.min(first.length, log.tailBytes - limit);
    if (excess < first.length) log.tail.unshift(first.subarray(excess));
    log.tailBytes -= excess;
    log.droppedBytes += excess;
  }
}

const LONGEST_NAME = 200;

/** A file's name for any stage's: readable, and never two stages' the same. */
export function logName(stage: string): string {
  const encoded = encodeURIComponent(Buffer.from(stage).toString()).replaceAll('%40', '@');
  if (encoded.length <= LONGEST_NAME) return `${encoded}.log`;
  return `${encoded.slice(0, LONGEST_NAME)}-${createHash('sha256').update(stage).digest('hex').slice(0, 16)}.log`;
}

const namesIn = (fs: FileSystem, directory: string): Set<string> =>
  fs.stat(directory)?.kind === 'directory'
    ? new Set(fs.readDirectory(directory).map(({ name }) => name))
    : new Set();

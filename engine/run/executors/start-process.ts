/**
 * Starts one process in a session of its own and follows it to its exit.
 *
 * It outlives the engine where the engine is killed: recovery ends it then (see `endProcessGroup`).
 *
 * @module
 */

import type { Readable } from 'node:stream';
import { processGroup } from './process-group.ts';
import { meterProcess } from './process-usage.ts';
import type { ProcessGroup, ProcessUsage, StageExit } from './stage-process.ts';

export interface ProcessRequest {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** Added to the engine's own. */
  readonly env: Readonly<Record<string, string>>;
  /** Descriptor of its stdout and stderr. */
  readonly output: number;
  /** Gets lines that it writes to descriptor 3, which is not there otherwise. */
  readonly onReport?: (line: string) => void;
}

export type ProcessEnd =
  | { readonly kind: 'exited'; readonly code: number; readonly usage: ProcessUsage }
  | { readonly kind: 'signalled'; readonly signal: string; readonly usage: ProcessUsage }
  | Extract<StageExit, { readonly kind: 'spawn-failed' }>;

export interface StartedProcess {
  /** Undefined where it could not be started. */
  readonly group: ProcessGroup | undefined;
  readonly end: Promise<ProcessEnd>;
}

export async function startProcess(request: ProcessRequest): Promise<StartedProcess> {
  const { execa } = await import('execa');
  const { file, args, cwd, env, output, onReport } = request;
  // Any descriptor will do; execa's types know those up to 9.
  const both = output as 9;
  const child = execa(file, args, {
    cwd,
    env,
    stdio: onReport === undefined ? ['ignore', both, both] : ['ignore', both, both, 'pipe'],
    detached: true,
    cleanup: false,
    buffer: false,
    reject: false,
  });
  const usageOf = child.pid === undefined ? undefined : meterProcess(child.pid);
  const exit = new Promise<ProcessEnd>((resolve) => {
    child.once('exit', (code, signal) => {
      void usageOf!().then((usage) => {
        resolve(
          signal === null ? { kind: 'exited', code: code!, usage } : { kind: 'signalled', signal, usage },
        );
      });
    });
  });
  // A process in the background may hold descriptor 3 for ever; the exit does not wait for it.
  const failure = child.then((result): ProcessEnd | Promise<ProcessEnd> =>
    child.pid === undefined
      ? { kind: 'spawn-failed', message: result.originalMessage ?? 'it cannot be started' }
      : exit,
  );
  if (onReport !== undefined && child.pid !== undefined) readLines(child.stdio[3] as Readable, onReport);
  return {
    group: child.pid === undefined ? undefined : processGroup(child.pid),
    end: Promise.race([exit, failure]),
  };
}

function readLines(stream: Readable, onLine: (line: string) => void): void {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop()!;
    for (const line of lines) onLine(line);
  });
}

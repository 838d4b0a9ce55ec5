/**
 * Pipes for what a stage writes. One for both stdout and stderr keeps their order.
 *
 * Node's own pipes are sockets, and a command cannot open `/dev/stderr` on a socket; a file would be truncated by it. So
 * these are FIFOs, made some at a time (each `mkfifo` is a process), opened at both ends and unlinked at once.
 *
 * @module
 */

import { closeSync, constants, openSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { Socket } from 'node:net';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { removeAbandonedScratch, scratchPath } from './scratch.ts';
import { systemClock } from './system-clock.ts';

export interface OutputPipe {
  /** For the process to write to. */
  readonly descriptor: number;
  /** When the processes that write to it have ended: hands on what is still in the pipe. */
  readonly finish: () => Promise<void>;
}

interface Ends {
  readonly reader: number;
  readonly writer: number;
}

const BATCH = 8;
const spare: Ends[] = [];

export async function openOutputPipe(onOutput: (chunk: Uint8Array) => void): Promise<OutputPipe> {
  const { reader, writer } = spare.pop() ?? (await makeSome());
  const socket = new Socket({ fd: reader, readable: true, writable: false });
  const state = { chunksRead: 0, hasEnded: false, isOver: false };
  socket.on('data', (chunk: Buffer) => {
    state.chunksRead++;
    if (!state.isOver) onOutput(chunk);
  });
  socket.on('end', () => {
    state.hasEnded = true;
  });
  return {
    descriptor: writer,
    finish: async () => {
      closeSync(writer);
      // A process left in the background may hold the other end open: what is in the pipe now is all we wait for, and
      // a turn of the event loop that brings nothing has emptied it.
      for (let idleTurns = 0; !state.hasEnded && idleTurns < 2; ) {
        const before = state.chunksRead;
        await setImmediate();
        idleTurns = state.chunksRead > before ? 0 : idleTurns + 1;
      }
      // What such a process writes later is read and dropped, lest it be ended by SIGPIPE.
      state.isOver = true;
      socket.unref();
    },
  };
}

let hasTidied = false;

async function makeSome(): Promise<Ends> {
  if (!hasTidied) removeAbandonedScratch(systemClock.nowMs());
  hasTidied = true;
  const [{ execa }, directory] = await Promise.all([import('execa'), mkdtemp(scratchPath(''))]);
  try {
    const paths = Array.from({ length: BATCH }, (_, i) => join(directory, String(i)));
    await execa('mkfifo', paths);
    const [first, ...others] = paths.map((path) => ({
      reader: openSync(path, constants.O_RDONLY | constants.O_NONBLOCK),
      writer: openSync(path, constants.O_WRONLY),
    }));
    spare.push(...others);
    return first!;
  } finally {
    await rm(directory, { recursive: true });
  }
}

/**
 * Work that only one process of a machine and user does at a time.
 *
 * Who has the turn listens on an abstract Unix socket: the kernel ends it with the process, however that ends, and no
 * file is left behind. Who waits is connected to it and tries again when the connection ends. Where there are
 * no such sockets, as elsewhere than on Linux, everybody has the turn.
 *
 * @module
 */

import { createConnection, createServer, type Server, type Socket } from 'node:net';
import { userInfo } from 'node:os';

/** Of systems that do not have them, or do not allow them. */
const NO_SUCH_SOCKETS: ReadonlySet<string> = new Set(['EINVAL', 'ENOENT', 'EACCES', 'EPERM']);

/** @throws The signal's reason, once it is aborted. */
export async function inTurn<T>(name: string, work: () => Promise<T>, signal: AbortSignal): Promise<T> {
  const path = `\0dvc-like/${userInfo().uid}/${name}`;
  let release = await tryTake(path);
  while (release === undefined) {
    await untilReleased(path, signal);
    release = await tryTake(path);
  }
  try {
    return await work();
  } finally {
    release();
  }
}

/** @returns How to give the turn away; `undefined` where another process has it. */
function tryTake(path: string): Promise<(() => void) | undefined> {
  return new Promise((resolve, reject) => {
    const waiting = new Set<Socket>();
    const server: Server = createServer((socket) => {
      waiting.add(socket);
      socket.once('error', () => undefined).once('close', () => waiting.delete(socket));
    });
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(undefined);
      else if (NO_SUCH_SOCKETS.has(error.code ?? '')) resolve(() => undefined);
      else reject(error);
    });
    server.listen({ path }, () => {
      resolve(() => {
        server.close();
        for (const socket of waiting) socket.destroy();
      });
    });
  });
}

function untilReleased(path: string, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const socket = createConnection({ path });
    const onAbort = (): void => {
      socket.destroy();
    };
    signal.addEventListener('abort', onAbort, { once: true });
    // Refused: it has just been released.
    socket
      .once('error', () => undefined)
      .once('close', () => {
        signal.removeEventListener('abort', onAbort);
        if (signal.aborted) reject(signal.reason as Error);
        else resolve();
      });
    socket.resume();
  });
}

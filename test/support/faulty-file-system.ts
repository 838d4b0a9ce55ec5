/**
 * A FileSystem whose calls fail when a test says so.
 *
 * @module
 */

import { closeSync, constants, copyFileSync, openSync, truncateSync, writeSync } from 'node:fs';
import type { FileSystem } from '../../cache/index.ts';

export interface FaultyCall {
  readonly name: keyof FileSystem;
  /** The first argument, where it is a path. */
  readonly path: string;
  /** Counts the calls of this FileSystem, from 0. */
  readonly index: number;
}

/**
 * Before each call `fault` is asked. A string (`ENOSPC`) is the code of the error that the call then throws as Node
 * would, a file being written is left half written; an `Error` is thrown as it is, without a trace on the disk.
 */
export function faultyFileSystem(
  inner: FileSystem,
  fault: (call: FaultyCall) => string | Error | undefined,
): FileSystem {
  let count = 0;
  const names = Object.keys(inner) as (keyof FileSystem)[];
  const faulty = names.map((name) => {
    const call = (inner[name] as (...args: readonly unknown[]) => unknown).bind(inner);
    return [
      name,
      (...args: readonly unknown[]) => {
        const path = typeof args[0] === 'string' ? args[0] : '';
        const problem = fault({ name, path, index: count++ });
        if (problem === undefined) return call(...args);
        if (typeof problem !== 'string') throw problem;
        leaveHalf(name, args);
        throw Object.assign(new Error(`${problem}: injected, ${name} '${path}'`), { code: problem, path });
      },
    ];
  });
  return { ...inner, ...(Object.fromEntries(faulty) as Partial<FileSystem>) };
}

/** A process that is killed: from the call of this index on, nothing is done any more. */
export function dyingFileSystem(inner: FileSystem, lastIndex: number): FileSystem {
  return faultyFileSystem(inner, ({ index }) => (index >= lastIndex ? new Killed() : undefined));
}

export class Killed extends Error {
  override readonly name = 'Killed';
}

function leaveHalf(name: keyof FileSystem, args: readonly unknown[]): void {
  if (name === 'createFile') {
    const [path, bytes] = args as Parameters<FileSystem['createFile']>;
    const descriptor = openSync(path, 'wx');
    const buffer = Buffer.from(bytes);
    writeSync(descriptor, buffer.subarray(0, buffer.length >> 1));
    closeSync(descriptor);
  } else if (name === 'copyFile') {
    const [from, to] = args as Parameters<FileSystem['copyFile']>;
    copyFileSync(from, to, constants.COPYFILE_EXCL);
    truncateSync(to, 1);
  }
}

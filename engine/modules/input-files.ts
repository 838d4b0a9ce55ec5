/**
 * The files that a bundle was made of, each with the state it was in before it was read.
 *
 * A state is taken before the bytes: a file that is written in between has another state afterwards, so what is
 * remembered by these states is never newer than what was read.
 *
 * @module
 */

import type { FileSystem } from '../../cache/index.ts';

/** Inode, size, mtime and ctime in one word; `-` where there is nothing. Links are followed. */
export type FileState = string;

export const ABSENT: FileState = '-';

export function stateOf(fs: FileSystem, path: string): FileState {
  const stat = fs.stat(path);
  return stat === undefined ? ABSENT : `${stat.inode}:${stat.sizeBytes}:${stat.mtimeNs}:${stat.ctimeNs}`;
}

/** The ctime in a state, in nanoseconds; 0 where there is nothing. */
export const ctimeNsOf = (state: FileState): bigint =>
  state === ABSENT ? 0n : BigInt(state.slice(state.lastIndexOf(':') + 1));

/** Reads files and remembers the first state that each was seen in. */
export class InputFiles {
  readonly fs: FileSystem;
  readonly states = new Map<string, FileState>();

  constructor(fs: FileSystem) {
    this.fs = fs;
  }

  readonly stateOf = (path: string): FileState => {
    let state = this.states.get(path);
    if (state === undefined) {
      state = stateOf(this.fs, path);
      this.states.set(path, state);
    }
    return state;
  };

  /** @returns Whether there is something at the path. */
  see(path: string): boolean {
    return this.stateOf(path) !== ABSENT;
  }

  /** The bytes, or `undefined` where there is no file. */
  read(path: string): Buffer | undefined {
    if (!this.see(path)) return undefined;
    return this.fs.stat(path)?.kind === 'file' ? this.fs.readFile(path) : undefined;
  }
}

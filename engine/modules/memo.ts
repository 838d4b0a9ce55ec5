/**
 * Fingerprints remembered by the states of their inputs: an unchanged module costs a stat for each of its inputs, and
 * esbuild is not loaded.
 *
 * What was written just before it was read is not remembered: a second write within the same tick of the file system's
 * clock could leave the same state behind.
 *
 * @module
 */

import { type FileSystem, replaceFile } from '../../cache/index.ts';
import { ABSENT, ctimeNsOf, type FileState } from './input-files.ts';

export interface Remembered {
  readonly code: string;
  readonly inputs: readonly string[];
  /** The state of each input, in the same order. */
  readonly states: readonly FileState[];
}

/** Linux stamps files by a clock that ticks every 1 to 10 ms. */
const TICK_NS = 20_000_000n;

export class Memo {
  readonly #fs: FileSystem;
  readonly #path: string;
  /** What the entries hold for: another scheme or another bundler forgets them all. */
  readonly #key: string;
  #entries: Map<string, Remembered> | undefined;

  constructor(fs: FileSystem, path: string, key: string) {
    this.#fs = fs;
    this.#path = path;
    this.#key = key;
  }

  /** What is remembered of the module, if all of its inputs are as they were. @param stateOf The state of a path now. */
  recall(module: string, stateOf: (path: string) => FileState): Remembered | undefined {
    const entry = this.#load().get(module);
    const isCurrent = entry?.inputs.every((path, i) => stateOf(path) === entry.states[i]);
    return isCurrent === true ? entry : undefined;
  }

  /**
   * Remembers those entries that are old enough, forgets the others.
   *
   * @param startedNs The clock that stamps files, before the first input was read.
   */
  remember(entries: ReadonlyMap<string, Remembered>, startedNs: bigint): void {
    const all = this.#load();
    for (const [module, entry] of entries) {
      if (entry.states.every((state) => ctimeNsOf(state) + TICK_NS < startedNs)) all.set(module, entry);
      else all.delete(module);
    }
    this.#save(all);
  }

  #load(): Map<string, Remembered> {
    return (this.#entries ??= parse(this.#fs, this.#path, this.#key));
  }

  /** Inputs are shared by most modules: the file holds each path once. */
  #save(entries: ReadonlyMap<string, Remembered>): void {
    const files = new Map<string, number>();
    const table: string[][] = [];
    const modules = [...entries].map(([module, { code, inputs, states }]) => [
      module,
      code,
      inputs.map((path, i) => {
        const row = `${path}\0${states[i]!}`;
        let index = files.get(row);
        if (index === undefined) files.set(row, (index = table.push([path, states[i]!]) - 1));
        return index;
      }),
    ]);
    replaceFile(this.#fs, this.#path, JSON.stringify({ key: this.#key, files: table, modules }));
  }
}

function parse(fs: FileSystem, path: string, key: string): Map<string, Remembered> {
  const entries = new Map<string, Remembered>();
  if (fs.stat(path) === undefined) return entries;
  let memo: Partial<MemoFile>;
  try {
    memo = JSON.parse(fs.readFile(path).toString('utf8')) as Partial<MemoFile>;
  } catch (error) {
    if (error instanceof SyntaxError) return entries;
    throw error;
  }
  const { files, modules } = memo;
  if (memo.key !== key || files === undefined || modules === undefined) return entries;
  for (const [module, code, indices] of modules) {
    const rows = indices.map((index) => files[index] ?? ['', ABSENT]);
    entries.set(module, { code, inputs: rows.map(([name]) => name), states: rows.map(([, state]) => state) });
  }
  return entries;
}

interface MemoFile {
  readonly key: string;
  readonly files: readonly (readonly [path: string, state: FileState])[];
  readonly modules: readonly (readonly [module: string, code: string, inputs: readonly number[]])[];
}

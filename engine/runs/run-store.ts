/**
 * The records of the last runs: `<home>/tmp/dvc-like/runs/ID.json`.
 *
 * Nothing depends on them: what cannot be read is left out, and the oldest go.
 *
 * @module
 */

import { join } from 'node:path';
import {
  err,
  type FileSystem,
  isTemporaryName,
  ok,
  type Result,
  replaceFile,
  writeFileAtomic,
} from '../../cache/index.ts';
import { type Diagnostic, didYouMean } from '../core/index.ts';
import type { RunRecord } from './run-record.ts';

const KEPT_RUNS = 200;
const SUFFIX = '.json';

export interface RunStore {
  /** Newest first. */
  readonly ids: () => readonly string[];
  /** Undefined where there is none that can be read. */
  readonly read: (id: string) => RunRecord | undefined;
  /** @param text An id, how one begins or ends, or `last`. */
  readonly find: (text: string) => Result<RunRecord, readonly Diagnostic[]>;
  readonly save: (record: RunRecord) => void;
  /** Before a new run: removes the oldest, and what a killed run was writing. */
  readonly prune: () => void;
}

/** @param state Absolute; where what is ours alone is kept. */
export function openRunStore(fs: FileSystem, state: string): RunStore {
  const directory = join(state, 'runs');
  const pathOf = (id: string): string => join(directory, `${id}${SUFFIX}`);
  const names = (): readonly string[] =>
    fs.stat(directory)?.kind === 'directory' ? fs.readDirectory(directory).map(({ name }) => name) : [];
  const ids = (): readonly string[] =>
    names()
      .filter((name) => name.endsWith(SUFFIX) && !isTemporaryName(name))
      .map((name) => name.slice(0, -SUFFIX.length))
      .sort()
      .reverse();
  const read = (id: string): RunRecord | undefined =>
    fs.stat(pathOf(id))?.kind === 'file' ? parse(fs.readFile(pathOf(id)).toString('utf8')) : undefined;
  return {
    ids,
    read,
    find: (text) => {
      const known = ids();
      const meant = text === 'last' ? known.slice(0, 1) : idsLike(known, text);
      const [id] = meant;
      if (id === undefined) return err([unknownRun(text, known)]);
      if (meant.length > 1) return err([ambiguousRun(text, meant)]);
      const record = read(id);
      return record === undefined ? err([unreadableRun(id)]) : ok(record);
    },
    save: (record) => {
      const text = `${JSON.stringify(record)}\n`;
      if (record.end.kind === 'ended') writeFileAtomic(fs, pathOf(record.id), text);
      else replaceFile(fs, pathOf(record.id), text);
    },
    prune: () => {
      for (const name of names()) if (isTemporaryName(name)) fs.remove(join(directory, name));
      for (const id of ids().slice(KEPT_RUNS - 1)) fs.remove(pathOf(id));
    },
  };
}

function idsLike(known: readonly string[], text: string): readonly string[] {
  if (known.includes(text)) return [text];
  return known.filter((id) => id.startsWith(text) || id.endsWith(`-${text}`));
}

function parse(text: string): RunRecord | undefined {
  try {
    const record = JSON.parse(text) as { readonly version?: unknown };
    return record.version === 1 ? (record as RunRecord) : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

const unknownRun = (text: string, known: readonly string[]): Diagnostic => ({
  code: 'E_UNKNOWN_RUN',
  message: known.length === 0 ? 'No run is recorded yet' : `There is no run "${text}"`,
  hint:
    known.length === 0
      ? 'each "dvc-like repro" that has something to do is recorded'
      : (didYouMean(text, [...known, 'last']) ?? 'list them with "dvc-like runs"'),
});

const ambiguousRun = (text: string, meant: readonly string[]): Diagnostic => ({
  code: 'E_UNKNOWN_RUN',
  message: `${meant.length} runs begin or end with "${text}"`,
  hint: `give more of it, for example "${meant[0]!}"`,
});

const unreadableRun = (id: string): Diagnostic => ({
  code: 'E_UNKNOWN_RUN',
  message: `The record of run "${id}" cannot be read`,
  hint: 'it was damaged, or written by another version; nothing else depends on it',
});

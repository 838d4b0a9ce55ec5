/**
 * The lockfile: what produced what, for people to commit.
 *
 * `dvc-like.lock` stands in plan order and drops stages that are gone. `dvc.lock` keeps the order that it has, and the
 * stages that are gone, as DVC does. Writing equal content leaves the file alone.
 *
 * @module
 */

import { err, ok, type Result, stringifyYaml, type Value } from '../../cache/index.ts';
import type { Diagnostic, SourceFile } from '../core/index.ts';
import { readYaml, toValue, type YamlEntry, type YamlNode } from '../values/index.ts';
import { entryFromValue, entryToValue, type LockEntry } from './lock-entry.ts';

export interface Lockfile {
  /** In the order of the file. */
  readonly entries: ReadonlyMap<string, LockEntry>;
  /** The bytes that were read; undefined where there is no file. */
  readonly text: string | undefined;
}

export const EMPTY_LOCK: Lockfile = { entries: new Map(), text: undefined };

/** Reads the text of a lock. Every entry that is none is reported at its place. */
export function parseLock(file: SourceFile): Result<Lockfile, readonly Diagnostic[]> {
  const root = readYaml(file);
  if (!root.ok) return err(root.error.map((diagnostic) => withLockHint(diagnostic, file)));
  const node = root.value;
  if (node.kind === 'scalar' && node.value === null) return ok({ entries: new Map(), text: file.text });
  const schema = child(node, 'schema');
  if (node.kind !== 'map' || (schema && (schema.kind !== 'scalar' || schema.value !== '2.0'))) {
    return err([invalid(file, schema ?? node, "The lock is not of schema '2.0'")]);
  }
  const stages = child(node, 'stages');
  if (stages === undefined) return ok({ entries: new Map(), text: file.text });
  if (stages.kind !== 'map') return err([invalid(file, stages, 'The stages of the lock are not a mapping')]);
  const entries = new Map<string, LockEntry>();
  const errors: Diagnostic[] = [];
  for (const item of stages.entries) {
    const entry = entryFromValue(toValue(item.value));
    if (entry === undefined) errors.push(invalidEntry(file, item));
    else entries.set(item.key, entry);
  }
  return errors.length > 0 ? err(errors) : ok({ entries, text: file.text });
}

/** The text of a lock. */
export function renderLock(entries: ReadonlyMap<string, LockEntry>, defaultParams: string): string {
  const stages = new Map<string, Value>(
    [...entries].map(([name, entry]) => [name, entryToValue(entry, defaultParams)]),
  );
  return stringifyYaml(
    new Map<string, Value>([
      ['schema', '2.0'],
      ['stages', stages],
    ]),
  );
}

function child(node: YamlNode, key: string): YamlNode | undefined {
  return node.kind === 'map' ? node.entries.find((entry) => entry.key === key)?.value : undefined;
}

const invalid = (file: SourceFile, node: YamlNode, message: string): Diagnostic => ({
  code: 'E_INVALID_LOCK',
  message,
  place: { file, range: node.range },
  hint: RESTORE_HINT,
});

const invalidEntry = (file: SourceFile, item: YamlEntry): Diagnostic => ({
  code: 'E_INVALID_LOCK',
  message: `The lock entry of stage "${item.key}" is damaged`,
  place: { file, range: item.keyRange },
  hint: 'delete this entry: the run cache brings its outputs back',
});

const withLockHint = (diagnostic: Diagnostic, file: SourceFile): Diagnostic => ({
  ...diagnostic,
  hint:
    diagnostic.code === 'E_CONFLICT_MARKERS'
      ? `keep either side of "${file.path}" (or delete the file) and run "dvc-like repro": the run cache restores what was made`
      : RESTORE_HINT,
});

const RESTORE_HINT = 'take the file back from git, or delete it: the run cache brings the outputs back';

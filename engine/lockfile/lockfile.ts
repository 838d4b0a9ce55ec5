/**
 * The lockfile: what produced what, for people to commit.
 *
 * `dvc-like.lock` stands in plan order and drops stages that are gone. `dvc.lock` keeps the order that it has, and the
 * stages that are gone, as DVC does. Writing equal content leaves the file alone.
 *
 * @module
 */

import { posix } from 'node:path';
import {
  err,
  isMap,
  ok,
  parseBlockYaml,
  type Result,
  stringifyYaml,
  type Value,
  type ValueMap,
} from '../../cache/index.ts';
import type { Diagnostic, SourceFile } from '../core/index.ts';
import { readYaml, toValue, type YamlEntry, type YamlNode } from '../values/index.ts';
import { entryFromValue, entryToValue, type LockEntry } from './lock-entry.ts';
import { splicedLock } from './splice-lock.ts';

export interface Lockfile {
  /** In the order of the file. */
  readonly entries: ReadonlyMap<string, LockEntry>;
  /** The bytes that were read; undefined where there is no file. */
  readonly text: string | undefined;
  /** What DVC records of `datasets`. */
  readonly datasets?: Value;
}

/** All locks of a repository. */
export interface ProjectLock {
  /** What is recorded of the stages that there are, by their names. */
  readonly entries: ReadonlyMap<string, LockEntry>;
  /** The locks of the manifests by their paths, relative to the root, also those that are not there yet. */
  readonly files: ReadonlyMap<string, Lockfile>;
}

export const EMPTY_LOCK: Lockfile = { entries: new Map(), text: undefined };

/** Reads the text of a lock: one that is as we write it without the YAML package. Every entry that is none is reported at its place. */
export function parseLock(file: SourceFile): Result<Lockfile, readonly Diagnostic[]> {
  const written = readWritten(file.text);
  if (written !== undefined) return ok({ ...written, text: file.text });
  const root = readYaml(file);
  if (!root.ok) return err(root.error.map((diagnostic) => withLockHint(diagnostic, file)));
  const node = root.value;
  if (node.kind === 'scalar' && node.value === null && !isDvc(file))
    return ok({ entries: new Map(), text: file.text });
  const schema = child(node, 'schema');
  if (node.kind !== 'map' || (schema && (schema.kind !== 'scalar' || schema.value !== '2.0'))) {
    return err([invalid(file, schema ?? node, "The lock is not of schema '2.0'")]);
  }
  const unknown = node.entries.find(({ key }) => !TOP_KEYS.has(key));
  if (unknown !== undefined) return err([unknownKey(file, unknown)]);
  const stages = child(node, 'stages');
  const others = child(node, 'datasets');
  const datasets = others === undefined ? {} : { datasets: toValue(others) };
  if (stages === undefined) return ok({ entries: new Map(), text: file.text, ...datasets });
  if (stages.kind !== 'map') return err([invalid(file, stages, 'The stages of the lock are not a mapping')]);
  const entries = new Map<string, LockEntry>();
  const errors: Diagnostic[] = [];
  for (const item of stages.entries) {
    const entry = entryFromValue(toValue(item.value));
    if (entry === undefined) errors.push(invalidEntry(file, item));
    else entries.set(item.key, entry);
  }
  return errors.length > 0 ? err(errors) : ok({ entries, text: file.text, ...datasets });
}

/** DVC wants a schema of each lock that there is. */
const isDvc = ({ path }: SourceFile): boolean => posix.basename(path) === 'dvc.lock';

const TOP_KEYS = new Set(['schema', 'stages', 'datasets']);

function readWritten(text: string): Omit<Lockfile, 'text'> | undefined {
  const lock = parseBlockYaml(text);
  const stages =
    lock !== undefined && isMap(lock) && lock.get('schema') === '2.0' ? lock.get('stages') : undefined;
  if (stages === undefined || !isMap(stages)) return undefined;
  if (![...(lock as ValueMap).keys()].every((key) => TOP_KEYS.has(key))) return undefined;
  const entries = new Map<string, LockEntry>();
  for (const [name, value] of stages) {
    const entry = entryFromValue(value);
    if (entry === undefined) return undefined;
    entries.set(name, entry);
  }
  const datasets = (lock as ValueMap).get('datasets');
  return datasets === undefined ? { entries } : { entries, datasets };
}

/** The text of a lock with some entries replaced, or added at its end; the rest stays as it is written, where that can be. */
export function withRecords(
  lock: Lockfile,
  records: ReadonlyMap<string, LockEntry>,
  defaultParams: string,
): string {
  const rendered = new Map(
    [...records].map(([name, entry]) => [name, renderStage(name, entry, defaultParams)]),
  );
  const text = splicedLock(lock.text ?? '', [...lock.entries.keys()], rendered);
  if (text !== undefined) return text;
  const whole = renderLock(new Map([...lock.entries, ...records]), defaultParams);
  return lock.datasets === undefined ? whole : whole + stringifyYaml(new Map([['datasets', lock.datasets]]));
}

/** The text of a lock. */
export function renderLock(entries: ReadonlyMap<string, LockEntry>, defaultParams: string): string {
  if (entries.size === 0)
    return stringifyYaml(
      new Map<string, Value>([
        ['schema', '2.0'],
        ['stages', new Map()],
      ]),
    );
  const stages = [...entries].map(([name, entry]) => renderStage(name, entry, defaultParams));
  return `schema: '2.0'\nstages:\n${stages.join('')}`;
}

/** A run writes the lock many times over; of most entries nothing changes between two of them. */
const rendered = new WeakMap<LockEntry, { readonly of: string; readonly text: string }>();

function renderStage(name: string, entry: LockEntry, defaultParams: string): string {
  const of = `${defaultParams} ${name}`;
  const known = rendered.get(entry);
  if (known?.of === of) return known.text;
  const stage = new Map([[name, entryToValue(entry, defaultParams)]]);
  const text = stringifyYaml(new Map([['stages', stage]])).slice('stages:\n'.length);
  rendered.set(entry, { of, text });
  return text;
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

const unknownKey = (file: SourceFile, { key, keyRange }: YamlEntry): Diagnostic => ({
  code: 'E_INVALID_LOCK',
  message: `Unknown key "${key}" at the top of the lock`,
  place: { file, range: keyRange },
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

/**
 * Sets params in their files, as `repro -S` asks for, in memory: who calls it saves the texts, or plans with them.
 *
 * @module
 */

import { posix } from 'node:path';
import { err, type FileSystem, ok, pythonJson, type Result, type Value } from '../../cache/index.ts';
import { type Diagnostic, type NamesIn, namesUnder, suggestPath } from '../core/index.ts';
import type { Project } from '../project/index.ts';
import { diffValues, flattenValue, readYaml, setValue, toValue, valueAt } from '../values/index.ts';

/** One `[file:]key=value`. */
export interface Setting {
  /** Relative to the root; undefined: the default params file. */
  readonly file: string | undefined;
  /** Dotted. */
  readonly key: string;
  readonly value: Value;
  /** The value as it was written. */
  readonly written: string;
}

export interface ParamsEdit {
  /** Absolute path to the new text, for each file that changes. */
  readonly texts: ReadonlyMap<string, string>;
  readonly changes: readonly ParamChange[];
}

/** Equal values: it was so already. */
export interface ParamChange {
  readonly file: string;
  readonly key: string;
  readonly was: Value | undefined;
  readonly is: Value | undefined;
}

/** @param text As typed behind `-S`. @param fromCwd From a path as typed to one relative to the root. */
export function readSetting(
  text: string,
  fromCwd: (path: string) => string,
): Result<Setting, readonly Diagnostic[]> {
  const equals = text.indexOf('=');
  const name = text.slice(0, equals);
  const colon = name.lastIndexOf(':');
  const key = name.slice(colon + 1);
  if (equals === -1 || key.split('.').includes('') || colon === 0) {
    return err([
      {
        code: 'E_USAGE',
        message: `"--set-param ${text}" is not of the form key=value or file:key=value`,
        hint: 'for example: -S train.C=0.5, or -S params.json:train.C=0.5',
      },
    ]);
  }
  const written = text.slice(equals + 1);
  const read = readYaml({ path: `--set-param ${name}`, text: written });
  if (!read.ok) return read;
  const file = colon === -1 ? undefined : fromCwd(name.slice(0, colon));
  return ok({ file, key, value: toValue(read.value), written });
}

/** All that is wrong is reported, and then nothing is set. Of two settings of one key the later holds. */
export function setParams(
  fs: FileSystem,
  project: Project,
  settings: readonly Setting[],
): Result<ParamsEdit, readonly Diagnostic[]> {
  const texts = new Map<string, string>();
  const changes: ParamChange[] = [];
  const errors: Diagnostic[] = [];
  for (const { file = project.paramsName, key, value, written } of settings) {
    const path = posix.resolve(project.root, file);
    if (fs.stat(path)?.kind !== 'file') {
      errors.push(noFile(file, key, namesUnder(fs, project.root)));
      continue;
    }
    const text = texts.get(path) ?? fs.readFile(path).toString('utf8');
    const edited = setValue({ path: file, text }, key.split('.'), { value, written });
    if (!edited.ok) {
      errors.push(...edited.error);
      continue;
    }
    const { before, after } = edited.value;
    if (edited.value.text !== text) texts.set(path, edited.value.text);
    const change = { file, key, was: valueAt(before, key.split('.')), is: valueAt(after, key.split('.')) };
    changes.push(change, ...followers(change, before, after));
  }
  return errors.length > 0 ? err(errors) : ok({ texts, changes });
}

/** What else has changed, because it is an alias of what was set. */
function followers({ file, key }: ParamChange, before: Value, after: Value): readonly ParamChange[] {
  const leaves = (value: Value) => new Map([[file, flattenValue(value)]]);
  return diffValues(leaves(before), leaves(after), { all: true })
    .filter((diff) => diff.key !== key && !diff.key.startsWith(`${key}.`) && !isSame(diff.was, diff.is))
    .filter((diff) => !key.startsWith(`${diff.key}.`))
    .map((diff) => ({ file, key: diff.key, was: diff.was, is: diff.is }));
}

/** `1`, `1.0` and `true` are three values. */
const isSame = (a: Value | undefined, b: Value | undefined): boolean =>
  a === undefined || b === undefined ? a === b : pythonJson(a) === pythonJson(b);

function noFile(file: string, key: string, namesIn: NamesIn): Diagnostic {
  const similar = suggestPath(file, namesIn);
  return {
    code: 'E_MISSING_PARAMS_FILE',
    message: `Cannot set "${key}": the params file "${file}" is not there`,
    hint:
      similar === undefined
        ? `create "${file}", or name another one: "-S file.yaml:${key}=..."`
        : `did you mean "${similar}"?`,
  };
}

/**
 * What differs between a lock entry and the world: one `Change` for every difference, in the order in which they are told.
 *
 * @module
 */

import { type Digest, equalValues, isMap, type Value, type ValueMap } from '../../cache/index.ts';
import { fromRoot } from '../core/index.ts';
import type { LockAction, LockEntry, LockPath } from '../lockfile/index.ts';
import type { ResolvedOut, ResolvedStage } from '../template/index.ts';
import type { Observer, StageInputs } from './observation.ts';
import type { Change } from './verdict.ts';

export function compareInputs(
  entry: LockEntry,
  inputs: StageInputs,
  stage: ResolvedStage,
  options: { readonly dialect: 'dvc' | 'native' },
): readonly Change[] {
  const isExact = options.dialect === 'native';
  return [
    ...compareActions(entry.action, inputs.action),
    ...compareArguments('env', entry.env, inputs.env),
    ...compareDeps(entry.deps, inputs.deps),
    ...(isExact ? removedDeps(entry.deps, stage) : []),
    ...compareParams(entry.params, inputs.params, stage),
    ...(isExact ? removedParams(entry.params, stage) : []),
  ];
}

export function compareActions(was: LockAction, is: LockAction): readonly Change[] {
  if (was.kind === 'command' && is.kind === 'command' && equalValues(was.cmd, is.cmd)) return [];
  if (was.kind !== 'module' || is.kind !== 'module') {
    if (was.kind === is.kind && was.kind === 'source') return [];
    return [{ kind: 'command-changed', was: actionText(was), is: actionText(is) }];
  }
  if (was.module !== is.module) return [{ kind: 'module-changed', was: was.module, is: is.module }];
  const changes: Change[] = [...compareArguments('with', was.with, is.with)];
  if (was.code !== is.code) {
    changes.unshift({ kind: 'code-changed', module: is.module, was: was.code, is: is.code });
  }
  return changes;
}

const actionText = (action: LockAction): string =>
  action.kind === 'source'
    ? ''
    : action.kind === 'module'
      ? `module ${action.module}`
      : typeof action.cmd === 'string'
        ? action.cmd
        : action.cmd.join('\n');

export function compareArguments(of: 'with' | 'env', was: ValueMap, is: ValueMap): readonly Change[] {
  return changedKeys(was, is).map((key) => ({
    kind: 'argument-changed',
    of,
    key,
    was: was.get(key),
    is: is.get(key),
  }));
}

export function changedKeys(was: ValueMap, is: ValueMap): readonly string[] {
  return [...new Set([...was.keys(), ...is.keys()])].filter((key) => {
    const before = was.get(key);
    const after = is.get(key);
    return before === undefined || after === undefined || !equalValues(before, after);
  });
}

export function compareDeps(was: readonly LockPath[], is: readonly LockPath[]): readonly Change[] {
  const before = new Map(was.map(({ path, digest, legacy }) => [path, digest ?? legacy]));
  return is.flatMap(({ path, digest, legacy }): readonly Change[] =>
    before.get(path) === (digest ?? legacy)
      ? []
      : [{ kind: 'dep-changed', path, was: before.get(path), is: (digest ?? legacy)! }],
  );
}

/** By the manifest, not by what is known of the inputs: a dep may still have to be made. */
function removedDeps(was: readonly LockPath[], stage: ResolvedStage): readonly Change[] {
  const declared = new Set(stage.deps.map(({ path }) => path));
  return was.flatMap(({ path }): readonly Change[] =>
    declared.has(path) ? [] : [{ kind: 'dep-removed', path }],
  );
}

function removedParams(was: LockEntry['params'], stage: ResolvedStage): readonly Change[] {
  const declared = new Map(stage.params.map(({ file, keys }) => [file, keys]));
  return [...was].flatMap(([file, values]) => {
    const keys = declared.get(file) ?? [];
    if (keys === 'all') return [];
    const names = new Set(keys.map(({ key }) => key));
    return [...values].flatMap(([key, value]): readonly Change[] =>
      names.has(key) ? [] : [{ kind: 'param-changed', file, key, was: value, is: undefined }],
    );
  });
}

/** Of a mapping, each key in it that differs, dotted. */
export function paramChanges(
  file: string,
  key: string,
  was: Value | undefined,
  is: Value | undefined,
): readonly Change[] {
  if (was === undefined || is === undefined || !isMap(was) || !isMap(is)) {
    return [{ kind: 'param-changed', file, key, was, is }];
  }
  return changedKeys(was, is).flatMap((inner) =>
    paramChanges(file, `${key}.${inner}`, was.get(inner), is.get(inner)),
  );
}

/** Only declared keys count; of a whole file, all of its keys. */
function compareParams(
  was: LockEntry['params'],
  is: StageInputs['params'],
  stage: ResolvedStage,
): readonly Change[] {
  return [...is].flatMap(([file, values]) => {
    const before = was.get(file) ?? new Map<string, Value>();
    const isWhole = stage.params.some((params) => params.file === file && params.keys === 'all');
    return changedKeys(before, values)
      .filter((key) => isWhole || values.has(key))
      .flatMap((key) => paramChanges(file, key, before.get(key), values.get(key)));
  });
}

export function compareOuts(stage: ResolvedStage, entry: LockEntry, observer: Observer): readonly Change[] {
  const before = new Map(entry.outs.map((out) => [out.path, out]));
  return stage.outs.flatMap((out): readonly Change[] => {
    const { digest, legacy } = before.get(out.path) ?? {};
    if (legacy !== undefined) return compareLegacyOut(stage, out, legacy, observer);
    if (digest === undefined) return [{ kind: 'out-added', path: out.path }];
    return compareOut(stage, out, digest, observer);
  });
}

/** What `--allow-missing` overlooks: an out that is neither where it belongs nor in the cache, recorded or not. */
export const isMissingOut = (stage: ResolvedStage, change: Change, observer: Observer): boolean =>
  change.kind === 'out-missing' ||
  change.kind === 'out-not-cached' ||
  (change.kind === 'out-added' && observer.content(fromRoot(stage.wdir, change.path)).kind === 'missing');

function compareOut(
  stage: ResolvedStage,
  out: ResolvedOut,
  digest: Digest,
  observer: Observer,
): readonly Change[] {
  const { path } = out;
  if (out.cache && !observer.isCached(digest)) return [{ kind: 'out-not-cached', path, digest }];
  const state = observer.content(fromRoot(stage.wdir, path));
  if (state.kind === 'missing') return [{ kind: 'out-missing', path }];
  return state.digest === digest ? [] : [{ kind: 'out-changed', path, was: digest, is: state.digest }];
}

function compareLegacyOut(
  stage: ResolvedStage,
  out: ResolvedOut,
  digest: Digest,
  observer: Observer,
): readonly Change[] {
  const { path } = out;
  if (out.cache && !observer.isLegacyCached(digest)) return [{ kind: 'out-not-cached', path, digest }];
  const is = observer.legacy(fromRoot(stage.wdir, path));
  if (is === undefined) return [{ kind: 'out-missing', path }];
  return is === digest ? [] : [{ kind: 'out-changed', path, was: digest, is }];
}

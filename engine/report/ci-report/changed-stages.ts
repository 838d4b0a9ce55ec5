/**
 * Which stages two locks record differently, and how.
 *
 * @module
 */

import type { LockEntry } from '../../lockfile/index.ts';
import { compareEntries } from '../../plan/index.ts';
import type { ResolvedStage } from '../../template/index.ts';
import { changeText } from '../change-text.ts';
import { foldStages } from '../fold-stages.ts';
import type { ChangedStage } from './ci-report.ts';

export interface RecordedStages {
  /** In plan order. */
  readonly stages: readonly ResolvedStage[];
  readonly entries: ReadonlyMap<string, LockEntry>;
}

/** In plan order; those that are gone at the end. Members of a group of which the same is to be said are one. */
export function changedStages(was: RecordedStages, is: RecordedStages): readonly ChangedStage[] {
  const told = new Map<string, ChangedStage>();
  const tell = ({ name }: ResolvedStage): ChangedStage | undefined => {
    if (!told.has(name)) {
      const change = changeOf(was.entries.get(name), is.entries.get(name));
      if (change !== undefined) told.set(name, { label: name, ...change });
    }
    return told.get(name);
  };
  const known = new Set(is.stages.map(({ name }) => name));
  const all = [...is.stages, ...was.stages.filter(({ name }) => !known.has(name))];
  return foldStages(
    all.filter((stage) => tell(stage) !== undefined),
    (stage) => saying(stage, tell(stage)!),
  ).map(({ members, label }) => ({ ...tell(members[0]!)!, label }));
}

/** What is said of a member of a group, its own name and those of its files apart. */
function saying({ name, group }: ResolvedStage, { kind, changes }: ChangedStage): string {
  const item = group === undefined ? '' : name.slice(group.length + 1);
  const plain = (line: string): string =>
    (item === '' ? line : line.replaceAll(item, '…')).replaceAll(/[0-9a-f]{8}/g, '…');
  return [kind, ...changes.map(plain)].join('\n');
}

function changeOf(
  was: LockEntry | undefined,
  is: LockEntry | undefined,
): Omit<ChangedStage, 'label'> | undefined {
  if (was === undefined || is === undefined) {
    if (was === is) return undefined;
    return { kind: was === undefined ? 'new' : 'gone', changes: [] };
  }
  const { changes, outs } = compareEntries(was, is);
  if (changes.length + outs.length === 0) return undefined;
  const lines = [...changes.map(changeText), ...outs.map((path) => `made another ${path}`)];
  return { kind: 'changed', changes: lines };
}

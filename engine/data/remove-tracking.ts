/**
 * `removeTracking`: stages and `.dvc` files that are given up, with their records and their lines in `.gitignore`.
 *
 * @module
 */

import { join, posix } from 'node:path';
import { err, type FileSystem, ok, type Result } from '../../cache/index.ts';
import { type Diagnostic, fromRoot } from '../core/index.ts';
import { NAMED, type StageGraph, selectTargets } from '../graph/index.ts';
import { removeEntries } from '../lockfile/index.ts';
import { removeStages } from '../manifest/index.ts';
import {
  dropSnapshot,
  type Project,
  removeGitIgnoreLine,
  saveText,
  stateDirectory,
} from '../project/index.ts';
import type { ResolvedStage } from '../template/index.ts';
import { loadManifest, readProjectText } from '../workspace/index.ts';

export interface RemoveOptions {
  /** The data too. */
  readonly withOuts: boolean;
}

/** What becomes of a file; undefined: it goes. */
type Edit = readonly [path: string, text: string | undefined];

/**
 * Nothing is removed unless all of it can be.
 *
 * @param stages All that the project has; they need not make a graph.
 * @returns The names of what was removed.
 */
export function removeTracking(
  fs: FileSystem,
  project: Project,
  stages: readonly ResolvedStage[],
  targets: readonly string[],
  { withOuts }: RemoveOptions,
): Result<readonly string[], readonly Diagnostic[]> {
  const selected = selectTargets(withoutEdges(stages), targets, NAMED);
  if (!selected.ok) return selected;
  const names = new Set(selected.value);
  const removed = stages.filter(({ name }) => names.has(name));
  const edits = new Map<string, string | undefined>();
  for (const file of new Set(removed.map(({ file }) => file.path))) {
    const own = stages.filter((stage) => stage.file.path === file);
    const edited = editsFor(fs, project, own, names);
    if (!edited.ok) return edited;
    for (const [path, text] of edited.value) edits.set(path, text);
  }
  dropSnapshot(stateDirectory(project));
  for (const stage of removed) {
    for (const out of stage.outs) {
      const path = posix.resolve(project.root, fromRoot(stage.wdir, out.path));
      if (withOuts) fs.remove(path);
      if (out.cache) removeGitIgnoreLine(fs, path);
    }
  }
  for (const [path, text] of edits) {
    if (text === undefined) fs.remove(join(project.root, path));
    else saveText(fs, join(project.root, path), text);
  }
  return ok(removed.map(({ name }) => name));
}

/** @param own All stages of one file. @param names Those that go. */
function editsFor(
  fs: FileSystem,
  project: Project,
  own: readonly ResolvedStage[],
  names: ReadonlySet<string>,
): Result<readonly Edit[], readonly Diagnostic[]> {
  const { file } = own[0]!;
  if (file.kind === 'source') return ok([[file.path, undefined]]);
  const gone = own.filter(({ name }) => names.has(name));
  const parts = gone.filter(({ group }) =>
    own.some((other) => group !== undefined && other.group === group && !names.has(other.name)),
  );
  if (parts.length > 0) return err(parts.map(partOfGroup));
  const manifest = loadManifest(fs, project, file.path);
  if (!manifest.ok) return manifest;
  const text = removeStages(manifest.value, [...new Set(gone.map(keyOf))]);
  if (!text.ok) return text;
  const lock = readProjectText(fs, project, file.lock);
  const entries =
    lock === undefined
      ? undefined
      : removeEntries(
          { path: file.lock, text: lock },
          gone.map(({ localName }) => localName),
        );
  if (entries !== undefined && !entries.ok) return entries;
  const isKept = text.value === undefined && project.dialect === 'native';
  const edit: Edit = [file.path, isKept ? 'stages: {}\n' : text.value];
  return ok(entries === undefined ? [edit] : [edit, [file.lock, entries.value]]);
}

/** Of a stage's definition in the manifest: a group has one for all of its members. */
const keyOf = ({ name, localName, group }: ResolvedStage): string =>
  group === undefined ? localName : group.slice(name.length - localName.length);

const withoutEdges = (stages: readonly ResolvedStage[]): StageGraph => ({
  stages: new Map(stages.map((stage) => [stage.name, stage])),
  order: stages.map(({ name }) => name),
  upstream: () => [],
  downstream: () => [],
  outsAt: () => [],
  emptyTargets: new Set(),
});

const partOfGroup = ({ name, group, place }: ResolvedStage): Diagnostic => ({
  code: 'E_PART_OF_GROUP',
  message: `Cannot remove "${name}" alone: all members of the group "${group!}" have one definition`,
  place,
  hint: `remove the whole group: "dvc-like remove ${group!}"`,
});

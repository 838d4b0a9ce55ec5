/**
 * Freezes stages in the text of a manifest, or lets them go, in place.
 *
 * A group is frozen as a whole: its members share one definition.
 *
 * @module
 */

import { err, ok, type Result } from '../../cache/index.ts';
import { type Diagnostic, didYouMean } from '../core/index.ts';
import { entryOf, removeValue, setValue, valueAt, type YamlEntry, type YamlMap } from '../values/index.ts';
import type { Manifest } from './manifest.ts';

export interface Frozen {
  readonly text: string;
  /** Those of the names for which something changed; the others were so already. */
  readonly changed: readonly string[];
}

/** @param names Keys of the manifest's `stages`: single stages, and groups. */
export function freezeStages(
  manifest: Manifest,
  names: readonly string[],
  frozen: boolean,
): Result<Frozen, readonly Diagnostic[]> {
  const section = entryOf(manifest.root, 'stages')?.value;
  const entries = section?.kind === 'map' ? section.entries : [];
  const found = names.map(
    (name) => entries.find(({ key }) => key === name) ?? noStage(name, entries, frozen),
  );
  const missing = found.filter((each): each is Diagnostic => 'code' in each);
  if (missing.length > 0) return err(missing);
  const changed: string[] = [];
  let { text } = manifest.file;
  for (const entry of new Set(found as readonly YamlEntry[])) {
    const path = ['stages', entry.key, ...(entryOf(entry.value as YamlMap, 'do') ? ['do'] : []), 'frozen'];
    const edited = freezeOne({ path: manifest.file.path, text }, path, frozen);
    if (!edited.ok) return edited;
    if (edited.value !== text) changed.push(entry.key);
    text = edited.value;
  }
  return ok({ text, changed });
}

function freezeOne(
  file: Manifest['file'],
  path: readonly string[],
  frozen: boolean,
): Result<string, readonly Diagnostic[]> {
  if (frozen) {
    const set = setValue(file, path, { value: true });
    return set.ok ? ok(set.value.text) : set;
  }
  const removed = removeValue(file, path);
  if (removed.ok && valueAt(removed.value.after, path) !== true) return ok(removed.value.text);
  // What a merge (`<<`) brings can only be overruled.
  const set = setValue(file, path, { value: false });
  return set.ok ? ok(set.value.text) : set;
}

function noStage(name: string, entries: readonly YamlEntry[], frozen: boolean): Diagnostic {
  const groups = entries.filter(({ value }) => GROUP_KEYS.some((key) => entryOf(value as YamlMap, key)));
  const group = groups.find(({ key }) => name.startsWith(`${key}@`))?.key;
  if (group === undefined) {
    const hint =
      didYouMean(
        name,
        entries.map(({ key }) => key),
      ) ?? 'list them with "dvc-like stage list"';
    return { code: 'E_UNKNOWN_STAGE', message: `There is no stage or group "${name}"`, hint };
  }
  const verb = frozen ? 'freeze' : 'unfreeze';
  return {
    code: 'E_FREEZE_MEMBER',
    message: `Cannot ${verb} "${name}" alone: all members of the group "${group}" have one definition`,
    hint: `${verb} the whole group: "dvc-like ${verb} ${group}"`,
  };
}

const GROUP_KEYS = ['foreach', 'matrix', 'partition'];

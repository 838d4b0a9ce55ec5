/**
 * Addresses: what a stage is called where there are several manifests.
 *
 * As in DVC: by its name alone where its manifest lies in the working directory, else behind the manifest's path. A
 * `.dvc` file is called by its path.
 *
 * @module
 */

import { posix } from 'node:path';
import type { ResolvedStage, StageFile } from './resolved-stage.ts';

/** Stages of one file, as seen from a working directory (relative to the root). */
export function addressed(stages: readonly ResolvedStage[], cwd: string): readonly ResolvedStage[] {
  const [first] = stages;
  if (first === undefined) return stages;
  const file = fileFrom(first.file, cwd);
  if (file.kind === 'source') return stages.map((stage) => ({ ...stage, file, name: file.address }));
  const [prefix, idPrefix] = [prefixOf(file.address), prefixOf(file.path)];
  if (prefix === '' && idPrefix === '') return stages;
  return stages.map((stage) => ({
    ...stage,
    file,
    name: prefix + stage.localName,
    id: idPrefix + stage.localName,
    group: stage.group === undefined ? undefined : prefix + stage.group,
  }));
}

export const fileFrom = (file: StageFile, cwd: string): StageFile => ({
  ...file,
  address: posix.relative(cwd, file.path),
});

/** @param path Of the manifest, from wherever. */
const prefixOf = (path: string): string => (path.includes('/') ? `${path}:` : '');

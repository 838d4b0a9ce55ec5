/**
 * What a round looks at, as something to watch.
 *
 * @module
 */

import { dirname, join, posix } from 'node:path';
import type { FileSystem } from '../../cache/index.ts';
import { fromRoot } from '../core/index.ts';
import { IGNORE_FILE, type IsIgnored, type Project } from '../project/index.ts';
import type { Workspace } from '../workspace/index.ts';
import { statOf } from './stat-of.ts';
import type { WatchSet } from './watch-set.ts';

/** @param selected The stages that the round is about. */
export function watchedBy(workspace: Workspace, selected: readonly string[]): WatchSet {
  const { project, pipeline, fs } = workspace;
  const stages = selected.map((name) => pipeline.graph.stages.get(name)!);
  const needed = stages.flatMap(({ wdir, deps, params }) => [
    ...deps.map(({ path }) => fromRoot(wdir, path)),
    ...params.map(({ file }) => fromRoot(wdir, file)),
  ]);
  const inputs = [...pipeline.sources, ...ALWAYS, ...workspace.ignoreRules.sources(), ...needed];
  const codeDirectories: string[] = [];
  for (const [module, code] of workspace.codes) {
    inputs.push(module);
    if (code.ok) {
      inputs.push(...code.value.inputs);
      continue;
    }
    codeDirectories.push(dirname(module));
    for (const { place } of code.error)
      if (place !== undefined) codeDirectories.push(dirname(place.file.path));
  }
  const outs = stages.flatMap(({ wdir, outs }) => outs.map(({ path }) => fromRoot(wdir, path)));
  return {
    inputs: absolute(project, inputs),
    outs: absolute(project, [project.lockName, ...outs]),
    needed: absolute(project, needed),
    codeDirectories: absolute(project, codeDirectories),
    isIgnored: workspace.isIgnored,
    ignoreRules: rulesOf(fs, project, workspace.ignoreRules.sources()),
  };
}

/**
 * Of a round that did not come so far as to have a workspace.
 *
 * @param read Absolute: the files that it read or looked for.
 */
export const watchedByReading = (project: Project, fs: FileSystem, read: Iterable<string>): WatchSet => ({
  inputs: absolute(project, [project.manifestName, ...ALWAYS, ...read]),
  outs: new Set(),
  needed: new Set([join(project.root, project.manifestName)]),
  codeDirectories: new Set(),
  isIgnored: nothingIsIgnored,
  ignoreRules: rulesOf(fs, project),
});

/** Those that are there, and those that somebody misses. What the rounds make themselves is not counted. */
export function countInputs(set: WatchSet | undefined, fs: FileSystem): InputCounts {
  let [files, directories, absent] = [0, 0, 0];
  for (const path of set?.inputs ?? []) {
    if (set?.outs.has(path)) continue;
    const stat = statOf(fs, path);
    if (stat?.kind === 'directory') directories += 1;
    else if (stat !== undefined) files += 1;
    else if (set?.needed.has(path)) absent += 1;
  }
  return { files, directories, absent };
}

export interface InputCounts {
  readonly files: number;
  readonly directories: number;
  readonly absent: number;
}

const ALWAYS = [IGNORE_FILE, 'package.json', 'package-lock.json'];

const nothingIsIgnored: IsIgnored = () => false;

/** What lies in the home is the engine's own. */
function absolute({ root, home }: Project, paths: Iterable<string>): ReadonlySet<string> {
  const all = [...paths].map((path) => posix.resolve(root, path));
  return new Set(all.filter((path) => path !== home && !path.startsWith(`${home}/`)).sort());
}

/** @param files Absolute, those that were met beside the one at the root. */
function rulesOf(fs: FileSystem, { root }: Project, files: readonly string[] = []): string {
  const stats = [...new Set([join(root, IGNORE_FILE), ...files])].sort().map((file) => fs.stat(file));
  return stats
    .map((stat) => stat && `${stat.inode} ${stat.sizeBytes} ${stat.mtimeNs} ${stat.ctimeNs}`)
    .join('\n');
}

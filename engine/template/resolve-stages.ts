/**
 * Manifest to stages: templates filled in, groups unfolded, every mistake found.
 *
 * @module
 */

import { err, ok, type Result } from '../../cache/index.ts';
import { type Diagnostic, fromRoot } from '../core/index.ts';
import type { Manifest } from '../manifest/index.ts';
import type { ParsingOptions } from '../project/index.ts';
import { entryOf } from '../values/index.ts';
import type { Scope } from './interpolate.ts';
import { addVars, loadContext, type TemplateOptions } from './load-vars.ts';
import { Problems } from './problems.ts';
import { readStage } from './read-stage.ts';
import { readTopFiles, readTopPlots } from './read-top.ts';
import type { ResolvedManifest } from './resolved-manifest.ts';
import type { ResolvedStage, StageFile } from './resolved-stage.ts';
import { type Member, unfold } from './unfold.ts';

export function resolveStages(
  manifest: Manifest,
  options: TemplateOptions,
): Result<ResolvedManifest, readonly Diagnostic[]> {
  const problems = new Problems();
  const context = loadContext(manifest, options, problems);
  const scope = {
    file: manifest.file,
    context,
    problems,
    within: '',
    parsing: options.parsing ?? AS_USUAL,
  };
  const section = entryOf(manifest.root, 'stages')?.value;
  const entries = section?.kind === 'map' ? section.entries : [];
  const file = stageFileOf(manifest);
  const stages = new Map<string, ResolvedStage>();
  const emptyGroups: string[] = [];
  for (const entry of entries) {
    const place = { file: manifest.file, range: entry.keyRange };
    const members = unfold(entry, scope, manifest.dialect);
    if (members.length === 0) emptyGroups.push(entry.key);
    for (const member of members) {
      const first = stages.get(member.name);
      if (first !== undefined) reportDuplicate(member, first, scope, place);
      const environment = {
        manifest,
        options,
        place,
        file,
        contextOf: contextFor(member, manifest, options),
      };
      stages.set(member.name, readStage(member, environment));
    }
  }
  const resolved: ResolvedManifest = {
    file,
    stages: [...stages.values()],
    emptyGroups,
    params: readTopFiles(manifest, 'params', scope),
    metrics: readTopFiles(manifest, 'metrics', scope),
    plots: readTopPlots(manifest, scope),
  };
  const found = problems.list();
  return found.length > 0 ? err(found) : ok(resolved);
}

/** Without a config. */
const AS_USUAL: ParsingOptions = { bool: 'store_true', list: 'nargs' };

const LOCK_NAMES = { dvc: 'dvc.lock', native: 'dvc-like.lock' } as const;

const stageFileOf = ({ dialect, directory, file }: Manifest): StageFile => ({
  kind: 'manifest',
  path: file.path,
  address: file.path,
  lock: fromRoot(directory, LOCK_NAMES[dialect]),
});

/** The stage's own `vars` on top, whose files are relative to its `wdir`. */
function contextFor(member: Member, manifest: Manifest, options: TemplateOptions) {
  return (wdir: string): Scope => {
    const vars = entryOf(member.definition, 'vars');
    if (vars === undefined) return member.scope;
    const source = { manifest, options, problems: member.scope.problems, owner: `${member.name}.` };
    return { ...member.scope, context: addVars(member.scope.context, vars.value, wdir, source) };
  };
}

function reportDuplicate(
  member: Member,
  first: ResolvedStage,
  scope: Scope,
  place: ResolvedStage['place'],
): void {
  scope.problems.report(place, {
    code: 'E_DUPLICATE_STAGE',
    message: `Two stages are called "${member.name}"`,
    related: [{ message: 'the other comes from here', place: first.place }],
  });
}

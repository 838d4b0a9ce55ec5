/**
 * The pipeline as a commit has it.
 *
 * @module
 */

import { err, ok, type Result } from '../../cache/index.ts';
import type { Diagnostic } from '../core/index.ts';
import {
  openRevision,
  type ParsingOptions,
  type Project,
  type Revision,
  type RevisionSelection,
  selectRevisions,
} from '../project/index.ts';
import { loadPipelineFrom, type Pipeline } from './load-pipeline.ts';
import { committedFiles } from './project-files.ts';
import type { Workspace } from './workspace.ts';

export interface LoadCommittedOptions {
  readonly parsing: ParsingOptions;
  /** See `LoadOptions`. */
  readonly isUnchecked?: boolean;
}

type Loaded = Result<Pipeline | undefined, readonly Diagnostic[]>;

/** @returns Undefined where a native project has no manifest in the commit. */
export function loadCommitted(project: Project, revision: Revision, options: LoadCommittedOptions): Loaded {
  const readText = (path: string): string | undefined => revision.readFile(path)?.toString('utf8');
  if (project.dialect === 'native' && readText(project.manifestName) === undefined) return ok(undefined);
  const loaded = loadPipelineFrom(
    project,
    committedFiles(() => revision.filesBelow('.'), readText),
    options,
  );
  return loaded.ok ? loaded : err(loaded.error.map((each) => inRevision(each, revision.name)));
}

export interface CommittedPipeline {
  readonly commit: string;
  readonly pipeline: Pipeline;
}

/** What is recorded in commits of what cannot be loaded is not known. */
export interface CommittedPipelines {
  readonly loaded: readonly CommittedPipeline[];
  readonly problems: readonly Diagnostic[];
}

/** Stages are looked at each by itself, as DVC does. Of commits that have the same pipeline one may stand for all. */
export function loadPipelinesOf(
  { project, config }: Workspace,
  revisions: RevisionSelection,
): Result<CommittedPipelines, Diagnostic> {
  const commits = selectRevisions(project.root, revisions, PIPELINE_FILES);
  if (!commits.ok) return commits;
  const loaded: CommittedPipeline[] = [];
  const problems: Diagnostic[] = [];
  for (const { commit } of commits.value) {
    const revision = openRevision(project.root, commit);
    if (!revision.ok) return revision;
    const pipeline = loadCommitted(project, revision.value, { parsing: config.parsing, isUnchecked: true });
    if (!pipeline.ok) problems.push(...pipeline.error);
    else if (pipeline.value !== undefined) loaded.push({ commit, pipeline: pipeline.value });
  }
  return ok({ loaded, problems });
}

/** Manifests, locks, `.dvc` files, and the files that values are taken from. */
const PIPELINE_FILES = ['yaml', 'yml', 'json', 'toml', 'py', 'lock', 'dvc', 'dvcignore'].map(
  (extension) => `:(glob)**/*.${extension}`,
);

const inRevision = (diagnostic: Diagnostic, name: string): Diagnostic => ({
  ...diagnostic,
  message: `${diagnostic.message} (in revision "${name}")`,
});

/**
 * The pipeline as it would be if one of its files had another text.
 *
 * @module
 */

import { posix } from 'node:path';
import type { FileSystem, Result } from '../../cache/index.ts';
import type { Diagnostic } from '../core/index.ts';
import { openIgnoreRules, type Project } from '../project/index.ts';
import { loadPipelineFrom, type Pipeline } from './load-pipeline.ts';
import { type ProjectFiles, workspaceFiles } from './project-files.ts';

/** @param path Relative to the root; there may be no such file yet. */
export function loadEdited(
  fs: FileSystem,
  project: Project,
  path: string,
  text: string,
): Result<Pipeline, readonly Diagnostic[]> {
  const files = workspaceFiles(fs, project, openIgnoreRules(project).isIgnored);
  const [directory, name] = [posix.dirname(path), posix.basename(path)];
  const edited: ProjectFiles = {
    ...files,
    readText: (wanted) => (wanted === path ? text : files.readText(wanted)),
    list: (wanted) => {
      const entries = files.list(wanted);
      const isMissing = wanted === directory && !entries.some((entry) => entry.name === name);
      return isMissing ? [...entries, { name, kind: 'file' }] : entries;
    },
  };
  return loadPipelineFrom(project, edited, {});
}

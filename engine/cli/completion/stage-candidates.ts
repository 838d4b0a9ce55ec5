/**
 * Stages and groups as candidates. Only the manifest and its parameters are read.
 *
 * @module
 */

import { nodeFileSystem } from '../../../cache/index.ts';
import { findProject, openIgnoreRules } from '../../project/index.ts';
import { loadStages } from '../../workspace/index.ts';
import type { Candidate } from './candidates.ts';

/** Nothing that a shell or a terminal could take for more than a name: a manifest may come from anybody. */
const PLAIN = /^[\p{L}\p{N}_.+][\p{L}\p{N}_.,+:=@%/-]*$/u;

/** The members of a group come once the word begins with the group's name: before, they would bury the rest. */
export function stageCandidates(directory: string, word: string): readonly Candidate[] {
  const project = findProject(directory);
  const stages =
    project === undefined
      ? undefined
      : loadStages(nodeFileSystem, project, openIgnoreRules(project).isIgnored);
  if (stages?.ok !== true) return [];
  const sizes = new Map<string, number>();
  for (const { group } of stages.value) {
    if (group !== undefined) sizes.set(group, (sizes.get(group) ?? 0) + 1);
  }
  const groups = [...sizes].map(([text, size]) => ({ text, description: `${size} stages` }));
  const single = stages.value
    .filter(({ group }) => group === undefined || word.startsWith(group))
    .map(({ name, desc }) => ({ text: name, description: oneLine(desc ?? '') }));
  return [...groups, ...single].filter(({ text }) => PLAIN.test(text) && text.startsWith(word));
}

const oneLine = (text: string): string => text.replace(/[\s\p{Cc}]+/gu, ' ').trim();

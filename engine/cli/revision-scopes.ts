/**
 * `-a`, `-T` and `-A`: the commits that count beside the workspace.
 *
 * @module
 */

import type { RevisionScope } from '../project/index.ts';

export interface ScopeFlags {
  readonly allBranches?: true;
  readonly allTags?: true;
  readonly allCommits?: true;
}

export const scopesOf = (flags: ScopeFlags): readonly RevisionScope[] => [
  ...(flags.allBranches ? (['branches'] as const) : []),
  ...(flags.allTags ? (['tags'] as const) : []),
  ...(flags.allCommits ? (['commits'] as const) : []),
];

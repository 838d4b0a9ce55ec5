/**
 * `params diff`: the parameters of two revisions.
 *
 * @module
 */

import { collectParams } from '../workspace/index.ts';
import { type DiffFlags, diffVersions, type Revisions } from './diff-versions.ts';
import type { Terminal } from './terminal.ts';

export interface ParamsDiffFlags extends DiffFlags {
  readonly deps?: true;
}

export const paramsDiff = (terminal: Terminal, revisions: Revisions, flags: ParamsDiffFlags): number =>
  diffVersions(terminal, revisions, flags, {
    title: 'Param',
    precision: undefined,
    collect: (version, targets, project) =>
      collectParams(version, { targets, depsOnly: flags.deps === true, defaultFile: project.paramsName }),
  });

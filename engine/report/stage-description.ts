/**
 * A stage in a few words: what somebody wrote of it, else what it makes.
 *
 * @module
 */

import type { ResolvedStage } from '../template/index.ts';

const MAX_LENGTH = 80;

/** As DVC says it, on one line. */
export function stageDescription(stage: ResolvedStage): string {
  const [first = ''] = (stage.desc ?? generated(stage)).trim().split('\n');
  return first.length <= MAX_LENGTH ? first : `${first.slice(0, MAX_LENGTH - 1)}…`;
}

function generated({ deps, params, outs }: ResolvedStage): string {
  const inputs = [...deps.map(({ path }) => path), ...params.map(({ file }) => file)];
  const made = outs.filter(({ kind }) => kind === 'out').map(({ path }) => path);
  const reports = outs.filter(({ kind }) => kind !== 'out').map(({ path }) => path);
  if (outs.length === 0)
    return inputs.length === 0 ? 'No outputs or dependencies' : `Depends on ${inputs.join(', ')}`;
  return [
    ...(made.length > 0 ? [`Outputs ${made.join(', ')}`] : []),
    ...(reports.length > 0 ? [`Reports ${reports.join(', ')}`] : []),
  ].join('; ');
}

/**
 * A garbage collection for people: what stays and what keeps it, what goes, and how much that is.
 *
 * @module
 */

import type { StoredObject } from '../../cache/index.ts';
import type { GarbagePlan } from '../run/index.ts';
import { sizeText } from './size-text.ts';

export interface GarbageTextOptions {
  readonly isDone: boolean;
  /** Also each object that goes. */
  readonly isVerbose: boolean;
}

export function garbageText(plan: GarbagePlan, { isDone, isVerbose }: GarbageTextOptions): string {
  const kept = [...plan.kept].map(([keeper, objects]) => `Kept by ${keeper}: ${countText(objects)}`);
  const listed = isVerbose
    ? plan.removed.map(({ digest, sizeBytes }) => `  ${digest}  ${sizeText(sizeBytes)}`)
    : [];
  const verb = isDone ? 'Removed' : 'To remove';
  const runs = plan.removedRuns.length > 0 ? `, ${plan.removedRuns.length} run-cache entries` : '';
  return [...kept, `${verb}: ${countText(plan.removed)}${runs}`, ...listed].join('\n');
}

const countText = (objects: readonly StoredObject[]): string =>
  `${objects.length} ${objects.length === 1 ? 'object' : 'objects'}, ${sizeText(objects.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0))}`;

/**
 * Where outs lie: finds the outs equal to, around or below a path, and those that clash.
 *
 * @module
 */

import { ancestors, type Diagnostic, fromRoot, isInside } from '../core/index.ts';
import type { ResolvedStage } from '../template/index.ts';
import type { OutAt } from './stage-graph.ts';

export interface OutIndex {
  readonly at: (path: string) => readonly OutAt[];
  /** Outs that two stages make, and outs inside others. */
  readonly clashes: readonly Diagnostic[];
}

type Owned = Omit<OutAt, 'relation'>;

export function indexOuts(stages: Iterable<ResolvedStage>): OutIndex {
  const byPath = new Map<string, Owned>();
  const clashes: Diagnostic[] = [];
  for (const stage of stages) {
    for (const out of stage.outs) {
      const path = fromRoot(stage.wdir, out.path);
      const first = byPath.get(path);
      if (first === undefined) byPath.set(path, { stage: stage.name, out, path });
      else clashes.push(duplicateOut(first, { stage: stage.name, out, path }));
    }
  }
  const paths = [...byPath.keys()].sort();
  for (const [path, owned] of byPath) {
    for (const parent of ancestors(path)) {
      const around = byPath.get(parent);
      if (around !== undefined) clashes.push(overlappingOuts(around, owned));
    }
  }
  const at = (path: string): readonly OutAt[] => {
    const found: OutAt[] = [];
    const equal = byPath.get(path);
    if (equal !== undefined) found.push({ ...equal, relation: 'equal' });
    for (const parent of ancestors(path)) {
      const around = byPath.get(parent);
      if (around !== undefined) found.push({ ...around, relation: 'inside' });
    }
    const from = path === '.' ? 0 : lowerBound(paths, `${path}/`);
    for (let i = from; i < paths.length && (path === '.' || paths[i]!.startsWith(`${path}/`)); i++) {
      if (isInside(paths[i]!, path)) found.push({ ...byPath.get(paths[i]!)!, relation: 'contains' });
    }
    return found;
  };
  return { at, clashes };
}

/** The first index whose item is not below `wanted`. */
function lowerBound(sorted: readonly string[], wanted: string): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

const duplicateOut = (first: Owned, second: Owned): Diagnostic => ({
  code: 'E_DUPLICATE_OUT',
  message: `Out "${second.path}" of stage "${second.stage}" is also an out of stage "${first.stage}"`,
  place: second.out.place,
  related: [{ message: `first in stage "${first.stage}"`, place: first.out.place }],
  hint: 'let one stage make it, or give them different paths',
});

const overlappingOuts = (around: Owned, inside: Owned): Diagnostic => ({
  code: 'E_OVERLAPPING_OUTS',
  message: `Out "${inside.path}" of stage "${inside.stage}" lies inside out "${around.path}" of stage "${around.stage}"`,
  place: inside.out.place,
  related: [{ message: 'the out around it', place: around.out.place }],
  hint: 'an out belongs to one stage; move one of them elsewhere',
});

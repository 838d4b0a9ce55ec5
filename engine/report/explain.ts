/**
 * `repro --explain`: why a stage runs, back to the first cause, in one line.
 *
 * @module
 */

import { ancestors, fromRoot } from '../core/index.ts';
import type { Change } from '../plan/index.ts';
import type { ResolvedStage } from '../template/index.ts';
import { reasonText } from './change-text.ts';

export interface Explainer {
  /** `dep b.txt changed; b ran since dep in changed`: the stage's own reason, and what set off the maker of its dep. */
  readonly reason: (stage: ResolvedStage, because: readonly Change[]) => string;
}

/** Told of stages in the order in which they begin: a maker before those that read what it made. */
export function createExplainer(): Explainer {
  const causes = new Map<string, string>();
  const makers = new Map<string, string>();
  const makerOf = (path: string): string | undefined =>
    [path, ...ancestors(path)].map((place) => makers.get(place)).find((name) => name !== undefined);
  return {
    reason: (stage, because) => {
      for (const out of stage.outs) makers.set(fromRoot(stage.wdir, out.path), stage.name);
      const [first] = because;
      const maker = first?.kind === 'dep-changed' ? makerOf(fromRoot(stage.wdir, first.path)) : undefined;
      const own = reasonText(because);
      causes.set(stage.name, maker === undefined ? own : causes.get(maker)!);
      return maker === undefined ? own : `${own}; ${maker} ran since ${causes.get(maker)!}`;
    },
  };
}

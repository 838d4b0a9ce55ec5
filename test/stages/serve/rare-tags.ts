/**
 * A small model that gives tags by name.
 *
 * @module
 */

import { questionOf, SECOND_STAGE } from '../tagging.ts';
import type { SmallModel } from './small-model.ts';

/** Knows `green` and `red`; `helm` and `vagrant` are too rare for classifiers. */
export const RARE_TAGS: SmallModel = {
  labels: { coverage: 1, min_support: 30 },
  secondStage: SECOND_STAGE,
  questions: Array.from({ length: 60 }, (_, i) => {
    const rare = [['helm'], ['vagrant'], []][i % 3]!;
    return questionOf(i, i % 2 === 0 ? 'red' : 'green', ...rare);
  }),
};

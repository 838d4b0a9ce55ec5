/**
 * The real clock, for processes that are real.
 *
 * @module
 */

import { setTimeout } from 'node:timers/promises';
import type { Clock } from '../../core/index.ts';

export const systemClock: Clock = {
  nowMs: () => performance.timeOrigin + performance.now(),
  sleep: async (ms) => {
    await setTimeout(ms);
  },
};

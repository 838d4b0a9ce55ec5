/**
 * The clock on the wall.
 *
 * @module
 */

import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../core/index.ts';

export const systemClock: Clock = {
  nowMs: () => Date.now(),
  sleep: (ms) => sleep(ms),
};

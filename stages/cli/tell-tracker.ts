/**
 * Tells MLflow, where one is configured, what waits for it.
 *
 * @module
 */

import { systemClock } from '../io/index.ts';
import { createRandom } from '../learn/random/index.ts';
import { homeOf, tellQueued } from '../track/index.ts';
import { trackSettings } from './study-project.ts';
import type { Terminal } from './terminal.ts';

/**
 * @param root Absolute, of the project.
 * @throws The reason of `signal`, once it is aborted.
 */
export const tellTracker = (terminal: Terminal, root: string, signal: AbortSignal): Promise<void> =>
  tellQueued(homeOf(root), trackSettings(root), terminal.environment, {
    fetch,
    clock: systemClock,
    random: createRandom(`retries ${process.pid}`),
    log: (message) => {
      terminal.error(`${message}\n`);
    },
    signal,
  });

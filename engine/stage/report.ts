/**
 * Reports to the engine. Without an engine (it was killed, or there never was one) they go nowhere.
 *
 * @module
 */

import { writeSync } from 'node:fs';
import type { HostReport } from '../modules/index.ts';

/** See `HostReport`. */
const REPORT_DESCRIPTOR = 3;

export function report(message: HostReport): void {
  let rest = Buffer.from(`${JSON.stringify(message)}\n`);
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(REPORT_DESCRIPTOR, rest));
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (code === 'EPIPE' || code === 'EBADF') return;
      // The engine is slow to read: it will.
      if (code !== 'EAGAIN') throw error;
    }
  }
}

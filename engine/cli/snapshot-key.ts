/**
 * What the no-op snapshot of a command line holds for.
 *
 * @module
 */

import type { SnapshotKey } from '../project/index.ts';
import { VERSION } from './version.ts';

export const snapshotKey = (cwd: string, args: readonly string[]): SnapshotKey => ({
  version: `${VERSION} ${process.version}`,
  cwd,
  args,
});

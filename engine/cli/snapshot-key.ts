/**
 * What the no-op snapshot of a command line holds for.
 *
 * @module
 */

import type { SnapshotKey } from '../project/index.ts';
import { configDirectories } from './config-directories.ts';
import { VERSION } from './version.ts';

export function snapshotKey(cwd: string, args: readonly string[]): SnapshotKey {
  const { system, global, home } = configDirectories();
  return { version: `${VERSION} ${process.version}`, surroundings: [system, global, home], cwd, args };
}

/**
 * What the no-op snapshot of a command line holds for.
 *
 * Imports nothing but types: this is the start-up path.
 *
 * @module
 */

import type { SnapshotKey } from '../project/index.ts';
import { VERSION } from './version.ts';

/** What decides where the layers of the config lie; see `config-directories.ts`. */
const VARIABLES = [
  'HOME',
  'XDG_CONFIG_DIRS',
  'XDG_CONFIG_HOME',
  'DVC_SYSTEM_CONFIG_DIR',
  'DVC_GLOBAL_CONFIG_DIR',
] as const;

export const snapshotKey = (cwd: string, args: readonly string[]): SnapshotKey => ({
  version: `${VERSION} ${process.version}`,
  surroundings: VARIABLES.map((name) => process.env[name] ?? ''),
  cwd,
  args,
});

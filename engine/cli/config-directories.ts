/**
 * Where the layers of the config lie that belong to the person and the machine, as DVC finds them.
 *
 * @module
 */

import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import type { ConfigDirectories } from '../project/index.ts';

/** Of this process. */
export function configDirectories(): ConfigDirectories {
  const env = (name: string): string | undefined => process.env[name] || undefined;
  const home = homedir();
  const isMac = process.platform === 'darwin';
  const system = isMac
    ? '/Library/Application Support'
    : (env('XDG_CONFIG_DIRS')?.split(':')[0] ?? '/etc/xdg');
  const global = isMac
    ? join(home, 'Library/Application Support')
    : (env('XDG_CONFIG_HOME') ?? join(home, '.config'));
  return {
    system: resolve(env('DVC_SYSTEM_CONFIG_DIR') ?? join(system, 'dvc')),
    global: resolve(env('DVC_GLOBAL_CONFIG_DIR') ?? join(global, 'dvc')),
    home,
  };
}

/**
 * Where a test's projects find no config but their own.
 *
 * @module
 */

import type { ConfigDirectories } from '../../engine/project/index.ts';

export const NO_DIRECTORIES: ConfigDirectories = {
  system: '/nowhere/system',
  global: '/nowhere/global',
  home: '/nowhere',
};

/**
 * The home of a native project, made where there is none: no `init` is needed.
 *
 * What is in it is git-ignored, but for its `config`, which is committed and marks the root.
 *
 * @module
 */

import { join } from 'node:path';
import { type FileSystem, writeFileAtomic } from '../../cache/index.ts';
import type { Project } from './find-project.ts';

export function makeHome(fs: FileSystem, { dialect, home }: Project): void {
  if (dialect === 'dvc' || fs.stat(home) !== undefined) return;
  writeFileAtomic(fs, join(home, '.gitignore'), '/config.local\n/tmp\n/cache\n');
  writeFileAtomic(fs, join(home, 'config'), '');
}

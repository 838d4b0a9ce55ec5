/**
 * The home's `config`: DVC's keys in git's syntax. Of what it may say, this version knows nothing that moves the cache:
 * rather than work beside the cache that is meant, it refuses.
 *
 * @module
 */

import { join, relative } from 'node:path';
import type { FileSystem } from '../../cache/index.ts';
import type { Diagnostic } from '../core/index.ts';
import type { Project } from './find-project.ts';

export const CONFIG_FILES = ['config', 'config.local'] as const;

/** What is set and not supported, each at its line. */
export function checkConfig(fs: FileSystem, { home, root }: Project): readonly Diagnostic[] {
  return CONFIG_FILES.flatMap((name) => {
    const path = join(home, name);
    if (fs.stat(path)?.kind !== 'file') return [];
    return unsupported(relative(root, path), fs.readFile(path).toString('utf8'));
  });
}

function unsupported(path: string, text: string): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  let section = '';
  let start = 0;
  for (const line of text.split('\n')) {
    const header = /^\s*\[(.+)\]\s*$/.exec(line);
    const setting = /^\s*(\w+)\s*=\s*(.*?)\s*$/.exec(line);
    if (header !== null) section = header[1]!;
    else if (setting !== null && isUnsupported(section, setting[1]!, setting[2]!)) {
      const range = { start: start + line.search(/\S/), end: start + line.trimEnd().length };
      found.push({
        code: 'E_UNSUPPORTED_CONFIG',
        message: `"${section}.${setting[1]!}" is not supported`,
        place: { file: { path, text }, range },
        hint: 'objects are kept in the home, as copies; remove the setting to work that way',
      });
    }
    start += line.length + 1;
  }
  return found;
}

/** Reflinks where the file system has them, else copies, is what is done anyway. */
function isUnsupported(section: string, key: string, value: string): boolean {
  if (section !== 'cache') return false;
  if (key === 'type') return !/^(?:reflink|copy)(?:,(?:reflink|copy))*$/.test(value.replaceAll(' ', ''));
  return key === 'dir';
}

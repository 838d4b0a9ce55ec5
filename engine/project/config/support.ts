/**
 * Settings that DVC knows and this engine does not follow. Rather than work otherwise than is meant, it refuses them.
 *
 * @module
 */

import type { Diagnostic } from '../../core/index.ts';
import type { Setting, Settings } from './layers.ts';
import { dotted } from './section-name.ts';

export const checkSupport = (settings: Settings): readonly Diagnostic[] =>
  [...settings.values()].flatMap((section) =>
    [...section.settings.values()].flatMap((setting) => {
      const hint = objection(`${dotted(section.name)}.${setting.key}`, setting);
      return hint === undefined ? [] : [unsupported(setting, hint)];
    }),
  );

/** What to do instead. */
function objection(name: string, { value }: Setting): string | undefined {
  const isOn = value.toString().toLowerCase() === 'true';
  switch (name) {
    case 'cache.local':
    case 'cache.s3':
    case 'cache.gs':
    case 'cache.hdfs':
    case 'cache.webhdfs':
    case 'cache.ssh':
    case 'cache.azure':
      return 'name the directory of the cache with "cache.dir"';
    case 'core.hardlink_lock':
      return isOn ? 'the lock is an flock; remove the setting where the file system has them' : undefined;
    case 'core.interactive':
      return isOn ? 'remove it: nothing is asked before a stage runs' : undefined;
    default:
      return undefined;
  }
}

const unsupported = ({ section, key, place }: Setting, hint: string): Diagnostic => ({
  code: 'E_UNSUPPORTED_CONFIG',
  message: `"${dotted(section)}.${key}" is not supported`,
  place,
  hint,
});

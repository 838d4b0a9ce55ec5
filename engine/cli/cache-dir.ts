/**
 * `cache dir`: where the cache lies.
 *
 * @module
 */

import { join } from 'node:path';
import type { SectionName } from '../project/index.ts';
import { notSet } from './config.ts';
import { change, type LevelFlags, levelOf, openConfig } from './config-level.ts';
import { EXIT } from './exit-code.ts';
import { fail } from './fail.ts';
import { noProject } from './open-project.ts';
import type { Terminal } from './terminal.ts';

const SECTION: SectionName = { group: 'cache', member: undefined };
const OPTION = { section: SECTION, key: 'dir' };

export function cacheDir(
  terminal: Terminal,
  value: string | undefined,
  flags: LevelFlags & { readonly unset?: true },
): number {
  const isChange = value !== undefined || flags.unset === true;
  const asked = levelOf(flags);
  const opened = openConfig(terminal, asked ?? (isChange ? 'project' : undefined));
  if (!opened.ok) return fail(terminal, opened.error);
  const level = asked ?? 'project';
  const settings = opened.value.settings(isChange ? level : asked);
  const missing = notSet(settings, OPTION);
  if (flags.unset) {
    return missing === undefined
      ? change(terminal, opened.value, [{ kind: 'unset', level, ...OPTION }])
      : fail(terminal, [missing]);
  }
  if (value !== undefined) return change(terminal, opened.value, [{ kind: 'set', level, ...OPTION, value }]);
  const { project } = opened.value;
  if (missing !== undefined && asked !== undefined) return fail(terminal, [missing]);
  if (missing !== undefined && project === undefined) return fail(terminal, [noProject(terminal)]);
  const found = settings.get('cache')?.settings.get('dir')?.value;
  terminal.out(`${found?.toString() ?? join(project!.home, 'cache')}\n`);
  return EXIT.done;
}

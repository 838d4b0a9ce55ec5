import type { Scenario } from '../scenario.ts';
import { ADD } from './add.ts';
import { CHANGES } from './changes.ts';
import { DIFF } from './diff.ts';
import { FILES } from './files.ts';
import { FLAGS } from './flags.ts';
import { REMOTES } from './remotes.ts';
import { STAGE_COMMANDS } from './stage-commands.ts';
import { STATUS } from './status.ts';

/** Each name once. */
export const SCENARIOS: readonly Scenario[] = [
  ...CHANGES,
  ...FILES,
  ...FLAGS,
  ...STATUS,
  ...REMOTES,
  ...ADD,
  ...DIFF,
  ...STAGE_COMMANDS,
];

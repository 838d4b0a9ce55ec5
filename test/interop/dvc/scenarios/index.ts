import type { Scenario } from '../scenario.ts';
import { CHANGES } from './changes.ts';
import { FLAGS } from './flags.ts';
import { STATUS } from './status.ts';

/** Each name once. */
export const SCENARIOS: readonly Scenario[] = [...CHANGES, ...FLAGS, ...STATUS];

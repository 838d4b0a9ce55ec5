/**
 * `-j`: how many stages run at once.
 *
 * @module
 */

import { availableParallelism } from 'node:os';
import type { Diagnostic } from '../core/index.ts';
import type { Project } from '../project/index.ts';

/** One in a DVC repository, as DVC does it; otherwise as many as there are cores. */
export const defaultJobs = ({ dialect }: Pick<Project, 'dialect'>): number =>
  dialect === 'dvc' ? 1 : availableParallelism();

/** @returns Undefined where nothing is said. */
export function readJobs(text: string | undefined): number | undefined | Diagnostic {
  if (text === undefined) return undefined;
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text);
  return { code: 'E_USAGE', message: `"--jobs ${text}" is not a number from 1 to 9999` };
}

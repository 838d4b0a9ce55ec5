/**
 * The text of a new `.dvc` file.
 *
 * @module
 */

import { stringifyYaml, type Value, type ValueMap } from '../../cache/index.ts';
import { type LockPath, sourceKeys } from '../lockfile/index.ts';

/** @param flags What is said of the out beside its content, in DVC's order: `desc`, `remote` and the like. */
export const renderSource = (out: LockPath, flags: ValueMap = new Map()): string =>
  stringifyYaml(
    new Map<string, Value>([['outs', [new Map([...sourceKeys(out), ['path', out.path], ...flags])]]]),
  );

/**
 * The `md5` of a `.dvc` file itself: DVC's digest of what it says of deps and outs, where it has deps.
 *
 * @module
 */

import { createHash } from 'node:crypto';
import { isList, isMap, pythonJson, type Value, type ValueMap } from '../../cache/index.ts';

/** MD5, hex. */
export function stageDigest(root: ValueMap): string {
  const said = new Map(
    [...root].filter(([key, value]) => key !== 'md5' && !(key === 'wdir' && value === '.')),
  );
  return createHash('md5')
    .update(pythonJson(withoutNotes(said)))
    .digest('hex');
}

/** What does not say which data it is, at any depth. */
const NOTES: ReadonlySet<string> = new Set([
  ...['desc', 'type', 'labels', 'meta', 'locked', 'frozen', 'metric', 'persist'],
  ...['isexec', 'size', 'nfiles'],
]);

function withoutNotes(value: Value): Value {
  if (isList(value)) return value.map(withoutNotes);
  if (!isMap(value)) return value;
  return new Map(
    [...value].filter(([key]) => !NOTES.has(key)).map(([key, item]) => [key, withoutNotes(item)]),
  );
}

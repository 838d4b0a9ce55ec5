/**
 * A spot in the manifest: where a JSON pointer leads to, and how to speak of it.
 *
 * @module
 */

import type { Range } from '../core/index.ts';
import { entryOf, type YamlNode } from '../values/index.ts';

export interface Spot {
  readonly path: readonly string[];
  readonly node: YamlNode;
  /** Of the value; of its key where the value is empty. */
  readonly range: Range;
  /** Of the key that the value stands under, if it does. */
  readonly keyRange: Range | undefined;
}

export function spotAt(root: YamlNode, pointer: string): Spot {
  const path = pointer.split('/').slice(1).map(unescaped);
  let node = root;
  let keyRange: Range | undefined;
  for (const part of path) {
    if (node.kind === 'map') {
      const entry = entryOf(node, part)!;
      keyRange = entry.keyRange;
      node = entry.value;
    } else if (node.kind === 'list') {
      keyRange = undefined;
      node = node.items[Number(part)]!;
    }
  }
  const isEmpty = node.range.start === node.range.end;
  return { path, node, range: isEmpty ? (keyRange ?? node.range) : node.range, keyRange };
}

/** The subject of a sentence: `Stage "train"`, `"deps" in stage "train"`, `An item of "deps" in stage "train"`. */
export function described(spot: Spot): string {
  const { path } = spot;
  if (path.length === 0) return 'The manifest';
  if (path[0] === 'stages' && path.length === 2) return `Stage "${path[1]!}"`;
  const parent = { ...spot, path: path.slice(0, -1) };
  const last = path.at(-1)!;
  if (spot.keyRange !== undefined) return `"${last}"${within(parent)}`;
  return `An item of ${uncapitalized(described({ ...parent, keyRange: spot.range }))}`;
}

/** The end of a sentence: ` in stage "train"`, ` in "do" of stage "train"`, ` at the top of the manifest`. */
export function within(spot: Pick<Spot, 'path'>): string {
  const [section, stage, ...rest] = spot.path;
  if (section === undefined) return ' at the top of the manifest';
  if (section !== 'stages' || stage === undefined) return ` in "${spot.path.join('.')}"`;
  return rest.length === 0 ? ` in stage "${stage}"` : ` in "${rest.join('.')}" of stage "${stage}"`;
}

const uncapitalized = (text: string): string =>
  text.replace(/^(Stage|The|An) /, (word) => word.toLowerCase());

/** RFC 6901. */
const unescaped = (part: string): string => part.replaceAll('~1', '/').replaceAll('~0', '~');

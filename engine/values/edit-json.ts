/**
 * Where an edit of one value changes a JSON text.
 *
 * @module
 */

import { err, ok, type Result } from '../../cache/index.ts';
import {
  type Edit,
  type EditProblem,
  insertInBrackets,
  removeFromBrackets,
  type Splice,
} from './edit-splice.ts';
import { flowText } from './flow-text.ts';
import { entryOf, type YamlEntry, type YamlMap, type YamlNode } from './yaml-node.ts';

/** @param root Of the text. @param path At least one part. */
export function spliceJson(
  text: string,
  root: YamlNode,
  path: readonly string[],
  edit: Edit,
): Result<Splice, EditProblem> {
  let node = root;
  for (const [depth, part] of path.entries()) {
    const isLast = depth === path.length - 1;
    const child = childOf(node, part);
    if (isLast && edit.kind === 'remove') {
      if (node.kind !== 'map' || child === undefined) return err({ kind: 'unsupported' });
      const index = node.entries.findIndex(({ key }) => key === part);
      return ok(removeFromBrackets(node.entries.map(entryRange), index));
    }
    if (child !== undefined) node = child;
    else if (node.kind !== 'map') return err({ kind: 'no-place', depth, range: node.range });
    else if (isLast && edit.kind === 'set') return ok(insert(text, node, part, edit.text));
    else return err({ kind: 'no-parent', depth, known: node.entries.map(({ key }) => key) });
  }
  return edit.kind === 'set' ? ok({ ...node.range, text: edit.text }) : err({ kind: 'unsupported' });
}

function childOf(node: YamlNode, part: string): YamlNode | undefined {
  if (node.kind === 'map') return entryOf(node, part)?.value;
  return node.kind === 'list' && /^\d+$/.test(part) ? node.items[Number(part)] : undefined;
}

function insert(text: string, map: YamlMap, key: string, value: string): Splice {
  const last = map.entries.at(-1);
  const entry = `${flowText(key, 'json')}: ${value}`;
  return insertInBrackets(text, map.range.start + 1, last && entryRange(last), entry);
}

const entryRange = ({ keyRange, value }: YamlEntry) => ({ start: keyRange.start, end: value.range.end });

/**
 * Where an edit of one value changes a YAML text.
 *
 * It looks at the parser's own tree, which knows where aliases, anchors, tags and line ends stand; what the text then
 * means is for the caller to check by reading it.
 *
 * @module
 */

import {
  type CST,
  isAlias,
  isCollection,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  parseDocument,
  Scalar,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { err, ok, type Result } from '../../cache/index.ts';
import {
  type Edit,
  type EditProblem,
  type Entry,
  insertInBrackets,
  removeFromBrackets,
  type Splice,
} from './edit-splice.ts';
import { flowText } from './flow-text.ts';

type Map = YAMLMap<Node, Node | null>;
type MapPair = Pair<Node, Node | null>;

/** What stands at a step of the path, with the tokens between its key (or dash) and itself. */
interface Slot {
  readonly node: Node | null;
  readonly before: readonly CST.SourceToken[];
  /** Behind the key, where it has no `:`. */
  readonly bareKeyEnd: number | undefined;
}

/** @param text Readable YAML. @param path At least one part. */
export function spliceYaml(text: string, path: readonly string[], edit: Edit): Result<Splice, EditProblem> {
  const document = parseDocument<Node>(text, {
    schema: 'failsafe',
    uniqueKeys: false,
    keepSourceTokens: true,
    logLevel: 'error',
  });
  const passed: (Node | null)[] = [];
  const splice = spliceAt(text, document.contents, path, edit, passed);
  const isAnchored = passed.some((node) => node !== null && !isAlias(node) && anchorOf(node) !== undefined);
  return splice.ok ? ok({ ...splice.value, isAnchored }) : splice;
}

const anchorOf = (node: Node): string | undefined => (node as { readonly anchor?: string }).anchor;

/** @param passed Takes what the path leads through, and to. */
function spliceAt(
  text: string,
  root: Node | null,
  path: readonly string[],
  edit: Edit,
  passed: (Node | null)[],
): Result<Splice, EditProblem> {
  let slot: Slot = { node: root, before: [], bareKeyEnd: undefined };
  for (const [depth, part] of path.entries()) {
    const { node }: Slot = slot;
    const isLast = depth === path.length - 1;
    passed.push(node);
    if (isAlias(node)) return err({ kind: 'shared', depth, range: rangeOf(node) });
    if (isMap<Node, Node | null>(node)) {
      const pair = node.items.find(({ key }) => keyOf(key) === part);
      if (isLast && edit.kind === 'remove') return pair ? removePair(text, node, pair) : unsupported();
      if (pair !== undefined) slot = slotOf(pair);
      else if (isLast && edit.kind === 'set') return ok(insertPair(text, node, part, edit.text));
      else return err(noParent(node, depth));
    } else if (isSeq<Node | null>(node) && /^\d+$/.test(part) && Number(part) < node.items.length) {
      slot = itemSlot(node, Number(part));
    } else if (isEmpty(node) && isLast && edit.kind === 'set') {
      return ok(fillEmpty(text, slot, part, edit.text, depth === 0));
    } else {
      const range = node === null ? { start: text.length, end: text.length } : rangeOf(node);
      return err({ kind: 'no-place', depth, range });
    }
  }
  passed.push(slot.node);
  return edit.kind === 'set' ? ok(replace(text, slot, edit.text)) : unsupported();
}

const unsupported = (): Result<Splice, EditProblem> => err({ kind: 'unsupported' });

const isEmpty = (node: Node | null): boolean =>
  node === null || (isScalar(node) && node.type === Scalar.PLAIN && (node.source ?? '') === '');

const keyOf = (key: Node): string | undefined => (isScalar(key) ? String(key.value) : undefined);

function noParent(map: Map, depth: number): EditProblem {
  const merge = map.items.find(({ key }) => keyOf(key) === '<<');
  if (merge !== undefined) return { kind: 'shared', depth: depth + 1, range: rangeOf(merge.key) };
  return { kind: 'no-parent', depth, known: map.items.flatMap(({ key }) => keyOf(key) ?? []) };
}

function slotOf(pair: MapPair): Slot {
  const item = pair.srcToken;
  const before = item?.sep ?? [];
  const hasColon = before.some(({ type }) => type === 'map-value-ind');
  return { node: pair.value, before, bareKeyEnd: hasColon ? undefined : rangeOf(pair.key).end };
}

function itemSlot(list: YAMLSeq<Node | null>, index: number): Slot {
  const node = list.items[index] ?? null;
  const { items } = list.srcToken as CST.BlockSequence | CST.FlowCollection;
  const item = items.find(({ value }) => value !== undefined && value.offset === node?.range?.[0]);
  return { node, before: item?.start ?? [], bareKeyEnd: undefined };
}

function replace(text: string, slot: Slot, value: string): Splice {
  const { node, before, bareKeyEnd } = slot;
  if (bareKeyEnd !== undefined) return { start: bareKeyEnd, end: bareKeyEnd, text: `: ${value}` };
  if (node === null) throw new Error('Bug: a YAML value that stands nowhere');
  const { start } = rangeOf(node);
  const end = endOf(text, node);
  if (start === end) return { start, end, text: apart(text, start, value) };
  const head = before.filter(({ type }) => HEAD.has(type)).at(-1);
  const headEnd = head === undefined ? start : head.offset + head.source.length;
  const firstLines = text.slice(headEnd, text.lastIndexOf('\n', start - 1) + 1);
  const tag = before.find(({ type }) => type === 'tag')?.source ?? '';
  if (isBlock(node) && firstLines !== '') {
    // A block goes with its lines; the value comes up to the key, in front of the comments that stand there.
    const kept = firstLines.replace(/\r?\n$/, '');
    const isTagged = tag !== '' && kept.trimStart().startsWith(tag);
    const rest = isTagged ? kept.trimStart().slice(tag.length) : kept;
    return { start: headEnd, end, text: ` ${value}${rest}` };
  }
  const isTagged = tag !== '' && text.slice(headEnd, start).trim() === tag;
  return { start: isTagged ? text.indexOf(tag, headEnd) : start, end, text: value };
}

/** A value in the place of none: blanks part it from what stands before and after. */
function apart(text: string, offset: number, value: string): string {
  const isAfterBlank = offset === 0 || /\s/.test(text.charAt(offset - 1));
  return `${isAfterBlank ? '' : ' '}${value}${text[offset] === '#' ? ' ' : ''}`;
}

const HEAD: ReadonlySet<string> = new Set(['map-value-ind', 'seq-item-ind', 'anchor']);

const isBlock = (node: Node): boolean => isCollection(node) && node.flow !== true;

/** An empty value, or an empty file, to a mapping with one entry. */
function fillEmpty(text: string, slot: Slot, key: string, value: string, isRoot: boolean): Splice {
  const entry = `${flowText(key, 'yaml')}: ${value}`;
  if (!isRoot) return replace(text, slot, `{${entry}}`);
  const end = text.length;
  const newline = newlineOf(text);
  return { start: end, end, text: `${text === '' || text.endsWith('\n') ? '' : newline}${entry}${newline}` };
}

function insertPair(text: string, map: Map, key: string, value: string): Splice {
  const entry = `${flowText(key, 'yaml')}: ${value}`;
  const last = map.items.at(-1);
  if (map.flow === true || last === undefined) {
    return insertInBrackets(text, rangeOf(map).start + 1, last && entryRange(text, last), entry);
  }
  const newline = newlineOf(text);
  const indent = ' '.repeat((map.srcToken as CST.BlockMap).indent);
  const scalar = lastScalar(map);
  if (scalar !== undefined && isBlockScalar(scalar)) {
    const { end } = rangeOf(scalar);
    if (text[end - 1] === '\n') return { start: end, end, text: `${indent}${entry}${newline}` };
  }
  const end = lineEnd(text, endOf(text, map));
  return { start: end, end, text: `${newline}${indent}${entry}` };
}

function removePair(text: string, map: Map, pair: MapPair): Result<Splice, EditProblem> {
  const index = map.items.indexOf(pair);
  if (map.flow === true)
    return ok(
      removeFromBrackets(
        map.items.map((each) => entryRange(text, each)),
        index,
      ),
    );
  const { start, end } = entryRange(text, pair);
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  if (map.items.length === 1 || text.slice(lineStart, start).trim() !== '') return unsupported();
  const next = text.indexOf('\n', end);
  if (next !== -1) return ok({ start: lineStart, end: next + 1, text: '' });
  return ok({
    start: text[lineStart - 2] === '\r' ? lineStart - 2 : lineStart - 1,
    end: text.length,
    text: '',
  });
}

function entryRange(text: string, pair: MapPair): Entry {
  const { start, end } = rangeOf(pair.key);
  return { start, end: pair.value === null ? end : Math.max(end, endOf(text, pair.value)) };
}

/** Behind the last character that belongs to the node, blank lines and comments after it apart. */
function endOf(text: string, node: Node): number {
  if (isBlock(node)) {
    const last: unknown = (node as Map | YAMLSeq<Node>).items.at(-1);
    if (isMap<Node, Node | null>(node)) return entryRange(text, last as MapPair).end;
    return endOf(text, last as Node);
  }
  const { start, end } = rangeOf(node);
  return isBlockScalar(node) ? start + text.slice(start, end).trimEnd().length : end;
}

/** What a block ends with. */
function lastScalar(node: Node | null): Node | undefined {
  if (node === null || !isBlock(node)) return node ?? undefined;
  if (isMap<Node, Node | null>(node)) return lastScalar(node.items.at(-1)?.value ?? null);
  return lastScalar((node as YAMLSeq<Node>).items.at(-1) ?? null);
}

const isBlockScalar = (node: Node): boolean =>
  isScalar(node) && (node.type === Scalar.BLOCK_LITERAL || node.type === Scalar.BLOCK_FOLDED);

function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  if (end === -1) return text.length;
  return text[end - 1] === '\r' && end > offset ? end - 1 : end;
}

const newlineOf = (text: string): string => (/\r?\n/.exec(text) ?? ['\n'])[0];

function rangeOf(node: Node) {
  const [start, end] = node.range!;
  return { start, end };
}

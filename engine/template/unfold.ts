/**
 * Groups unfolded: `foreach`, `matrix` and `partition` to their members, each with the context that its templates see.
 *
 * @module
 */

import { equalValues, type ValueList } from '../../cache/index.ts';
import type { Dialect } from '../manifest/index.ts';
import { entryOf, nounOf, toValue, type YamlEntry, type YamlMap, type YamlNode } from '../values/index.ts';
import { type ContextNode, contextNodeOf, withReserved } from './context.ts';
import { interpolate, type Scope } from './interpolate.ts';
import { nameOfItem, writtenItems } from './member-names.ts';
import { readMonthRange } from './month-range.ts';

/** One stage before its templates are filled in. */
export interface Member {
  readonly name: string;
  readonly group: string | undefined;
  readonly definition: YamlMap;
  readonly scope: Scope;
}

/** More stages than this in one group are a mistake, or an attack. */
const MAX_MEMBERS = 10_000;

/** @param entry A stage of the manifest, valid by the schema. */
export function unfold(entry: YamlEntry, scope: Scope, dialect: Dialect): readonly Member[] {
  const stage = entry.value as YamlMap;
  const foreach = entryOf(stage, 'foreach');
  if (foreach !== undefined) return unfoldForeach(entry, foreach, scope, dialect);
  const matrix = entryOf(stage, 'matrix');
  if (matrix !== undefined) return unfoldMatrix(entry, matrix, scope, dialect);
  const partition = entryOf(stage, 'partition');
  if (partition !== undefined) return unfoldPartition(entry, partition, scope);
  const within = ` in stage "${entry.key}"`;
  return [{ name: entry.key, group: undefined, definition: stage, scope: { ...scope, within } }];
}

function unfoldForeach(
  entry: YamlEntry,
  foreach: YamlEntry,
  scope: Scope,
  dialect: Dialect,
): readonly Member[] {
  const data = interpolate(foreach.value, { ...scope, within: ` in stage "${entry.key}"` }, 'kept');
  if (data === undefined) return [];
  if (data.kind === 'scalar') {
    reportType(
      `"foreach" in stage "${entry.key}" must be a list or a mapping, not ${nounOf(data)}`,
      foreach,
      scope,
    );
    return [];
  }
  const definition = entryOf(entry.value as YamlMap, 'do')!.value as YamlMap;
  const items =
    data.kind === 'map'
      ? data.entries.map((each) => [each.key, each.value] as const)
      : listItems(data.items, foreach.value, dialect);
  if (isTooMany(items.length, entry, foreach, scope)) return [];
  const members = new Map<string, Member>();
  for (const [key, item] of items) {
    const inserted = new Map([['item', itemNode(item, scope)]]);
    if (data.kind === 'map') inserted.set('key', textNode(key, foreach, scope));
    members.set(key, memberOf(entry, key, definition, inserted, scope));
  }
  return [...members.values()];
}

/** A list is named by its items, or, where any of them is a list or mapping, by their indexes. */
function listItems(
  items: readonly YamlNode[],
  foreach: YamlNode,
  dialect: Dialect,
): readonly (readonly [string, YamlNode])[] {
  const byIndex = items.some((item) => item.kind !== 'scalar');
  const written = writtenItems(foreach);
  return items.map((item, i) => {
    const name = byIndex || item.kind !== 'scalar' ? String(i) : nameOfItem(item.value, written[i], dialect);
    return [name, item];
  });
}

function unfoldMatrix(
  entry: YamlEntry,
  matrix: YamlEntry,
  scope: Scope,
  dialect: Dialect,
): readonly Member[] {
  const data = interpolate(matrix.value, { ...scope, within: ` in stage "${entry.key}"` }, 'kept') as YamlMap;
  const stage = entry.value as YamlMap;
  const axes = data.entries.flatMap((axis, i) => {
    const written = writtenItems((matrix.value as YamlMap).entries[i]?.value);
    if (axis.value.kind === 'list') return [{ name: axis.key, items: axis.value.items, written }];
    reportType(`Axis "${axis.key}" of "matrix" must be a list, not ${nounOf(axis.value)}`, axis, scope);
    return [];
  });
  if (axes.length < (matrix.value as YamlMap).entries.length) return [];
  const size = axes.reduce((product, axis) => product * axis.items.length, 1);
  if (isTooMany(size, entry, matrix, scope)) return [];
  const definition = { ...stage, entries: stage.entries.filter((each) => each !== matrix) };
  const members = new Map<string, Member>();
  const combinations = new Map<string, ValueList>();
  for (let index = 0; index < size; index++) {
    const chosen = combination(axes, index);
    const key = chosen
      .map(({ axis, at, item, written }) =>
        item.kind === 'scalar' ? nameOfItem(item.value, written, dialect) : `${axis}${at}`,
      )
      .join('-');
    const values = chosen.map(({ item }) => toValue(item));
    const earlier = combinations.get(key);
    if (earlier !== undefined && !equalValues(values, earlier))
      reportCollision(`${entry.key}@${key}`, matrix, scope);
    combinations.set(key, values);
    const place = { file: scope.file, range: matrix.keyRange };
    const entries = new Map(chosen.map(({ axis, item }) => [axis, itemNode(item, scope)]));
    const inserted = new Map<string, ContextNode>([
      ['item', { kind: 'map', entries, source: '"matrix"', place }],
      ['key', textNode(key, matrix, scope)],
    ]);
    members.set(key, memberOf(entry, key, definition, inserted, scope));
  }
  return [...members.values()];
}

interface Axis {
  readonly name: string;
  readonly items: readonly YamlNode[];
  readonly written: readonly YamlNode[];
}

/** The `index`-th of the axes' product: the last axis turns fastest. */
function combination(axes: readonly Axis[], index: number) {
  let rest = index;
  const chosen = [...axes].reverse().map(({ name, items, written }) => {
    const at = rest % items.length;
    rest = Math.floor(rest / items.length);
    return { axis: name, at, item: items[at]!, written: written[at] };
  });
  return chosen.reverse();
}

function unfoldPartition(entry: YamlEntry, partition: YamlEntry, scope: Scope): readonly Member[] {
  const within = ` in stage "${entry.key}"`;
  const months = readMonthRange(partition.value as YamlMap, { ...scope, within }) ?? [];
  const definition = entryOf(entry.value as YamlMap, 'do')!.value as YamlMap;
  return months.map((month) => {
    const inserted = new Map([['item', textNode(month, partition, scope)]]);
    return memberOf(entry, month, definition, inserted, scope);
  });
}

function memberOf(
  entry: YamlEntry,
  key: string,
  definition: YamlMap,
  inserted: ReadonlyMap<string, ContextNode>,
  scope: Scope,
): Member {
  const name = `${entry.key}@${key}`;
  const context = withReserved(scope.context, inserted);
  return { name, group: entry.key, definition, scope: { ...scope, context, within: ` in stage "${name}"` } };
}

const itemNode = (item: YamlNode, scope: Scope): ContextNode => contextNodeOf(item, 'the group', scope.file);

const textNode = (value: string, entry: YamlEntry, scope: Scope): ContextNode => ({
  kind: 'scalar',
  value,
  source: 'the group',
  place: { file: scope.file, range: entry.keyRange },
});

function isTooMany(count: number, entry: YamlEntry, data: YamlEntry, scope: Scope): boolean {
  if (count <= MAX_MEMBERS) return false;
  const message = `"${data.key}" makes ${count} stages of "${entry.key}", more than ${MAX_MEMBERS}`;
  scope.problems.report({ file: scope.file, range: data.keyRange }, { code: 'E_TOO_MANY_STAGES', message });
  return true;
}

function reportType(message: string, at: YamlEntry, scope: Scope): void {
  scope.problems.report({ file: scope.file, range: at.value.range }, { code: 'E_TEMPLATE_TYPE', message });
}

function reportCollision(name: string, matrix: YamlEntry, scope: Scope): void {
  scope.problems.report(
    { file: scope.file, range: matrix.keyRange },
    {
      code: 'E_DUPLICATE_STAGE',
      message: `Two combinations of "matrix" are both called "${name}"`,
      hint: 'an item with "-" can be read as two: rename it',
    },
  );
}

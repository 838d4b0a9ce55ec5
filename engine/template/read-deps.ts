/**
 * A stage's `deps`: paths, and `each` with a path for every month.
 *
 * @module
 */

import { entryOf, type YamlMap, type YamlNode } from '../values/index.ts';
import { type ContextNode, withReserved } from './context.ts';
import type { Scope } from './interpolate.ts';
import { readMonthRange } from './month-range.ts';
import { pathOf } from './paths.ts';
import type { ResolvedDep } from './resolved-stage.ts';

/** In declared order, each path once. */
export function readDeps(node: YamlNode | undefined, scope: Scope): readonly ResolvedDep[] {
  if (node?.kind !== 'list') return [];
  const deps = new Map<string, ResolvedDep>();
  for (const item of node.items) {
    for (const path of item.kind === 'map' ? pathsOfEach(item, scope) : [pathOf(item, scope)]) {
      if (path === undefined || deps.has(path)) continue;
      deps.set(path, { path, place: { file: scope.file, range: item.range } });
    }
  }
  return [...deps.values()];
}

function pathsOfEach(node: YamlMap, scope: Scope): readonly (string | undefined)[] {
  const each = entryOf(node, 'each')!;
  const place = { file: scope.file, range: each.keyRange };
  return (readMonthRange(node, scope) ?? []).map((month) => {
    const item: ContextNode = { kind: 'scalar', value: month, source: '"each"', place };
    const context = withReserved(scope.context, new Map([['item', item]]));
    return pathOf(each.value, { ...scope, context });
  });
}

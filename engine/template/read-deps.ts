/**
 * A stage's `deps`: paths, and `each` with a path for every month.
 *
 * @module
 */

import { entryOf, type YamlMap, type YamlNode } from '../values/index.ts';
import { type ContextNode, withReserved } from './context.ts';
import type { Scope } from './interpolate.ts';
import { readMonthRange } from './month-range.ts';
import { dataPathOf, type PathBase, pathOf } from './paths.ts';
import type { ResolvedDep } from './resolved-stage.ts';

/** In declared order; each path once, but for DVC as often as it is written. */
export function readDeps(node: YamlNode | undefined, scope: Scope, base: PathBase): readonly ResolvedDep[] {
  if (node?.kind !== 'list') return [];
  const deps: ResolvedDep[] = [];
  const seen = new Set<string>();
  for (const item of node.items) {
    for (const path of item.kind === 'map' ? pathsOfEach(item, scope) : [dataPathOf(item, scope, base)]) {
      if (path === undefined || (base.dialect === 'native' && seen.has(path))) continue;
      seen.add(path);
      deps.push({ path, place: { file: scope.file, range: item.range } });
    }
  }
  return deps;
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

/**
 * Values added to a context: mappings become one, anything else may be defined once.
 *
 * @module
 */

import type { Context, ContextMap, ContextNode } from './context.ts';
import type { Problems } from './problems.ts';

/** What clashes is reported, and stays as it was. */
export function mergeIntoContext(context: Context, update: ContextMap, problems: Problems): Context {
  for (const name of context.reserved) {
    const node = update.entries.get(name);
    if (node === undefined) continue;
    problems.report(node.place, {
      code: 'E_VARS_CONFLICT',
      message: `Cannot define "${name}" in ${update.source}: it is the name of what changes from stage to stage here`,
      hint: 'choose another name',
    });
  }
  return { ...context, values: merged(context.values, update.entries, [], problems) };
}

function merged(
  into: ReadonlyMap<string, ContextNode>,
  update: ReadonlyMap<string, ContextNode>,
  path: readonly string[],
  problems: Problems,
): ReadonlyMap<string, ContextNode> {
  const result = new Map(into);
  for (const [key, node] of update) {
    const existing = into.get(key);
    if (existing === undefined) {
      result.set(key, node);
    } else if (existing.kind === 'map' && node.kind === 'map') {
      result.set(key, {
        ...existing,
        entries: merged(existing.entries, node.entries, [...path, key], problems),
      });
    } else {
      problems.report(node.place, {
        code: 'E_VARS_CONFLICT',
        message: `Cannot redefine "${[...path, key].join('.')}" from ${node.source}: ${existing.source} defines it already`,
        related: [{ message: 'it is first defined here', place: existing.place }],
        hint: 'only mappings are merged; rename one of the two',
      });
    }
  }
  return result;
}

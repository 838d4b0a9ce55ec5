/**
 * The schema of a params file, put together from those of the modules that read it.
 *
 * A key that some stage lists must be there and be as each of the modules says. What nobody lists is free.
 *
 * @module
 */

import { isDeepStrictEqual } from 'node:util';
import { isObject, type JsonSchema } from '../manifest/index.ts';

/** What a stage lists of the params file, with the schema of its module's params. */
export interface ListedParams {
  /** Dotted, or the whole file. */
  readonly keys: 'all' | readonly string[];
  readonly schema: unknown;
}

export function mergeParamsSchemas(listed: readonly ListedParams[]): JsonSchema {
  const root = newNode();
  for (const { keys, schema } of listed) {
    if (keys === 'all') add(root, [], schema);
    else for (const key of keys) add(root, key.split('.'), schemaAt(schema, key.split('.')));
  }
  return render(root);
}

interface Node {
  readonly schemas: unknown[];
  readonly children: Map<string, Node>;
}

const newNode = (): Node => ({ schemas: [], children: new Map() });

function add(root: Node, path: readonly string[], schema: unknown): void {
  let node = root;
  for (const key of path) {
    const child = node.children.get(key) ?? newNode();
    node.children.set(key, child);
    node = child;
  }
  const isNew = !node.schemas.some((known) => isDeepStrictEqual(known, schema));
  if (isNew && schema !== undefined && !hasReferences(schema)) node.schemas.push(schema);
}

/** What a reference leads to is not looked for: there is nothing to say then. */
function schemaAt(schema: unknown, path: readonly string[]): unknown {
  let found = schema;
  for (const key of path) {
    const properties = isObject(found) ? found['properties'] : undefined;
    found = isObject(properties) && Object.hasOwn(properties, key) ? properties[key] : undefined;
  }
  return found;
}

const hasReferences = (schema: unknown): boolean => JSON.stringify(schema).includes('"$ref":');

function render({ schemas, children }: Node): JsonSchema {
  const parts = schemas.map((schema) => (isObject(schema) ? schema : { allOf: [schema] }));
  if (children.size > 0) {
    const properties = Object.fromEntries([...children].map(([key, child]) => [key, render(child)]));
    parts.push({ type: 'object', required: [...children.keys()], properties });
  }
  return parts.length > 1 ? { allOf: parts } : (parts[0] ?? {});
}

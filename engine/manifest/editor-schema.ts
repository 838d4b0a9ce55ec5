/**
 * The manifest's schema for editors: one file, in the draft that they understand.
 *
 * @module
 */

import { fileURLToPath } from 'node:url';
import type { FileSystem } from '../../cache/index.ts';
import { type JsonSchema, toDraft07 } from './draft-07.ts';
import type { Dialect } from './manifest.ts';

export const DRAFT_07 = 'http://json-schema.org/draft-07/schema#';

const COMMON = new URL('./schema/common.json', import.meta.url);
const SCHEMAS: Readonly<Record<Dialect, URL>> = {
  dvc: new URL('./schema/dvc.json', import.meta.url),
  native: new URL('./schema/native.json', import.meta.url),
};

export function manifestSchema(fs: FileSystem, dialect: Dialect): JsonSchema {
  const common = definitionsIn(readText(fs, COMMON));
  const text = readText(fs, SCHEMAS[dialect]);
  const own = definitionsIn(text);
  // A definition of the same name may build on the common one.
  const renamed = new Map(Object.keys(common).map((name) => [name, name in own ? `common.${name}` : name]));
  const schema = JSON.parse(
    text.replaceAll(/"common\.json#\/\$defs\/(\w+)/g, (_, name: string) => `"#/$defs/${renamed.get(name)!}`),
  ) as JsonSchema;
  const $defs = {
    ...Object.fromEntries(Object.entries(common).map(([name, part]) => [renamed.get(name)!, part])),
    ...(schema['$defs'] as JsonSchema),
  };
  return { $schema: DRAFT_07, ...(toDraft07({ ...schema, $defs }) as JsonSchema) };
}

const readText = (fs: FileSystem, url: URL): string => fs.readFile(fileURLToPath(url)).toString('utf8');

const definitionsIn = (text: string): JsonSchema => (JSON.parse(text) as JsonSchema)['$defs'] as JsonSchema;

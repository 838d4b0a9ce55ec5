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
  const own = read(fs, SCHEMAS[dialect]);
  const $defs = { ...(read(fs, COMMON)['$defs'] as JsonSchema), ...(own['$defs'] as JsonSchema) };
  return { $schema: DRAFT_07, ...(toDraft07({ ...own, $defs }) as JsonSchema) };
}

/** What the schema takes from the common one stands in the same file here. */
const read = (fs: FileSystem, url: URL): JsonSchema =>
  JSON.parse(
    fs.readFile(fileURLToPath(url)).toString('utf8').replaceAll('"common.json#/', '"#/'),
  ) as JsonSchema;

/**
 * What the report was made from.
 *
 * @module
 */

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type Manifest, PACKAGE } from '../io/index.ts';
import type { MadeFrom } from './page/sections/made-from.ts';

/**
 * @param deps Files, absolute.
 * @param root The project: files are named from it.
 * @param params Of the report's own stage.
 */
export function madeFrom(
  deps: readonly string[],
  root: string,
  { digests, params: recipe }: Manifest,
  params: unknown,
): MadeFrom {
  return {
    program: `${PACKAGE.name} ${PACKAGE.version}`,
    files: deps.map((path) => ({
      path: path.startsWith(`${root}/`) ? path.slice(root.length + 1) : path,
      md5: createHash('md5').update(readFileSync(path)).digest('hex'),
    })),
    model: digests,
    params: [...flatten('', recipe), ...flatten('', params)],
  };
}

/** Dotted names; a list is one value. */
function flatten(name: string, value: unknown): readonly (readonly [string, unknown])[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [[name, value]];
  return Object.entries(value).flatMap(([key, inner]) =>
    flatten(name === '' ? key : `${name}.${key}`, inner),
  );
}

/**
 * Files that are committed, and made by a command: the test says whether they are up to date.
 *
 * @module
 */

import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as assert from 'uvu/assert';

/** Our own root, with a slash at its end. */
export const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/**
 * Compares a committed file with what it should be. `DVC_LIKE_UPDATE=1` writes it.
 *
 * @param path Relative to the root.
 */
export function assertUpToDate(path: string, text: string): void {
  if (process.env['DVC_LIKE_UPDATE'] === '1') writeFileSync(`${ROOT}${path}`, text);
  assert.fixture(
    readFileSync(`${ROOT}${path}`, 'utf8'),
    text,
    `run the tests with DVC_LIKE_UPDATE=1 to write ${path}`,
  );
}

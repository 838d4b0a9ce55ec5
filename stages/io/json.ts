/**
 * JSON files of the study: small, indented, a final line break, keys in the order of the value.
 *
 * @module
 */

import { readFileSync, writeFileSync } from 'node:fs';
import { StageFailure } from 'dvc-like/stage';

/** @throws {StageFailure} If the file is not JSON. */
export function readJson(path: string): unknown {
  const text = readFileSync(path, 'utf8');
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new StageFailure(`Cannot read "${path}": it is not JSON`, { cause: error });
  }
}

export function writeJson(path: string, value: unknown): void {
  writeFileSync(path, `${JSON.stringify(value, undefined, 2)}\n`);
}

/**
 * A JSON file of ours: says what it is (`format`) and in which version.
 *
 * @throws {StageFailure} If it is another kind of file, or of a version that this code does not know.
 */
export function readVersioned(path: string, format: string, version: number): unknown {
  const value = readJson(path);
  const found = (value ?? {}) as { readonly format?: unknown; readonly version?: unknown };
  if (found.format !== format) {
    throw new StageFailure(
      `Cannot read "${path}": its format is ${JSON.stringify(found.format)}, not "${format}"`,
    );
  }
  if (found.version !== version) {
    throw new StageFailure(
      `Cannot read "${path}": its version is ${JSON.stringify(found.version)}, this program reads ${version}`,
    );
  }
  return value;
}

/**
 * JSON Lines: an object a line with `id title body tags creationDate`, `site link license` where known.
 *
 * @module
 */

import { streamLines } from '../io/index.ts';
import type { Reading, Row } from './row.ts';
import { readFields } from './usable.ts';

export async function readJsonl({ input, take }: Reading): Promise<void> {
  for await (const { number, text } of streamLines(input)) take(readLine(text, number));
}

/** @param number The line's, from 1 on. */
export function readLine(text: string, number: number): Row {
  const refuse = (why: string): Row => ({
    kind: 'refused',
    line: number,
    id: null,
    why,
    creationDate: undefined,
  });
  let row: unknown;
  try {
    row = JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return refuse('it is not JSON');
    throw error;
  }
  if (typeof row !== 'object' || row === null || Array.isArray(row)) return refuse('it is not an object');
  return readFields(row, number);
}

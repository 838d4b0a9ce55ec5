/**
 * A question that only a person at a terminal can answer.
 *
 * @module
 */

import { createInterface } from 'node:readline/promises';

/** @returns False without a terminal: nobody has agreed. */
export async function confirm(question: string): Promise<boolean> {
  if (!process.stdin.isTTY) return false;
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await lines.question(`${question} [y/n] `)).trim());
  } finally {
    lines.close();
  }
}

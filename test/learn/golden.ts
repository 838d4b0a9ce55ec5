/**
 * scikit-learn's golden values, where they are at hand.
 *
 * @module
 */

import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { unless } from '../support/suite.ts';

const DIRECTORY = resolve('..', 'shared', 'ml', 'golden');

/** Why suites on golden values are skipped, if they are. */
export const withoutGolden = unless(existsSync(DIRECTORY), 'no golden values beside the project');

/** A golden file, its texts for special floats turned into numbers. */
export const readGolden = (name: string): unknown =>
  JSON.parse(readFileSync(resolve(DIRECTORY, `${name}.json`), 'utf8'), (_key, value: unknown) =>
    value === 'NaN' ? NaN : value,
  );

/** The largest difference between two lists of numbers; NaN counts as equal to NaN. */
export function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Infinity;
  let largest = 0;
  for (let i = 0; i < a.length; i++) {
    if (Number.isNaN(a[i]) && Number.isNaN(b[i])) continue;
    const difference = Math.abs(a[i]! - b[i]!);
    if (!(difference <= largest)) largest = difference;
  }
  return largest;
}

/** The golden documents' texts and tags. */
export function readDocuments(): {
  readonly texts: readonly string[];
  readonly tags: readonly (readonly string[])[];
} {
  const { title, body, tags } = readGolden('documents') as Documents;
  return { texts: title.map((line, i) => `${line}\n${body[i]!}`), tags };
}

interface Documents {
  readonly title: readonly string[];
  readonly body: readonly string[];
  readonly tags: readonly (readonly string[])[];
}

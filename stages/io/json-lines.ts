/**
 * JSON Lines: one value a line, LF, UTF-8.
 *
 * Only LF ends a line (U+2028 may stand raw inside a JSON string, so Node's `readline` will not do).
 *
 * @module
 */

import { readFileSync, writeFileSync } from 'node:fs';
import { StageFailure } from 'dvc-like/stage';
import { streamBytes } from './foreign-file.ts';

/** A line, without its line break; numbers count from 1. */
export interface Line {
  readonly number: number;
  readonly text: string;
}

const LONGEST_LINE = 1 << 26;

/**
 * The lines of a foreign file, plain or gzipped (told by its first bytes), streamed; empty ones are left out.
 *
 * @throws {StageFailure} If the file is not there, damaged, or has a line of more than 64 Mi characters.
 */
export async function* streamLines(path: string): AsyncGenerator<Line> {
  const decoder = new TextDecoder();
  let number = 0;
  let rest = '';
  for await (const chunk of streamBytes(path)) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > LONGEST_LINE)
      throw new StageFailure(`Line ${number + lines.length + 1} of "${path}" is too long`);
    for (const text of lines) {
      number++;
      if (text.trim() !== '') yield { number, text };
    }
  }
  rest += decoder.decode();
  if (rest.trim() !== '') yield { number: number + 1, text: rest };
}

/**
 * The values of a file that a stage of ours wrote.
 *
 * @throws {StageFailure} If a line is not JSON.
 */
export function readJsonLines(path: string): readonly unknown[] {
  const lines = readFileSync(path, 'utf8').split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines.map((line, i) => {
    try {
      return JSON.parse(line) as unknown;
    } catch (error) {
      throw new StageFailure(`Cannot read "${path}": line ${i + 1} is not JSON`, { cause: error });
    }
  });
}

export function writeJsonLines(path: string, values: readonly unknown[]): void {
  writeFileSync(path, values.map((value) => `${JSON.stringify(value)}\n`).join(''));
}

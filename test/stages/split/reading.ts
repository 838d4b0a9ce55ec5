/**
 * Inputs of `split` in a temporary file, read to the end.
 *
 * @module
 */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Question } from '../../../stages/io/index.ts';
import type { Reader, Refused, Row } from '../../../stages/split/row.ts';

export interface Read {
  readonly questions: readonly Question[];
  readonly refused: readonly Refused[];
  /** What the skipped rows are. */
  readonly skipped: readonly string[];
  readonly log: readonly string[];
}

export async function readFileBy(reader: Reader, input: string, site: string | null = null): Promise<Read> {
  const rows: Row[] = [];
  const log: string[] = [];
  await reader({ input, site, take: (row) => rows.push(row), log: (line) => log.push(line) });
  return {
    questions: rows.flatMap((row) => (row.kind === 'question' ? [row.question] : [])),
    refused: rows.flatMap((row) => (row.kind === 'refused' ? [row] : [])),
    skipped: rows.flatMap((row) => (row.kind === 'skipped' ? [row.what] : [])),
    log,
  };
}

export async function readBy(
  reader: Reader,
  content: string | Uint8Array,
  site: string | null = null,
): Promise<Read> {
  return withFile(content, (path) => readFileBy(reader, path, site));
}

/** @returns What was thrown: its message without the directory, and its hint. */
export function failureOf(reader: Reader, content: string | Uint8Array): Promise<string> {
  return withFile(content, async (path) => {
    try {
      await readFileBy(reader, path);
    } catch (error) {
      const { message, hint } = error as { readonly message: string; readonly hint?: string };
      return `${message.replace(path, 'FILE')} | ${hint ?? ''}`;
    }
    throw new TypeError('Nothing was thrown');
  });
}

async function withFile<T>(content: string | Uint8Array, body: (path: string) => Promise<T>): Promise<T> {
  const directory = mkdtempSync(join(tmpdir(), 'dvc-like-split-'));
  try {
    const path = join(directory, 'input');
    writeFileSync(path, content);
    return await body(path);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/**
 * The local store: `<home>/experiments/FINGERPRINT.json`, a file for each run. Git does not see it.
 *
 * @module
 */

import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunRecord } from './run-record.ts';

const FORMAT = 'dvc-like/run';
const VERSION = 1;

/** Enough of a fingerprint to name a run among millions. */
const NAME_LENGTH = 16;

export const shortNameOf = (run: Pick<RunRecord, 'fingerprint'>): string =>
  run.fingerprint.slice(0, NAME_LENGTH);

/**
 * Keeps a run, once: of results that were tracked before the first record stays.
 *
 * @param home Absolute: `.dvc-like` or `.dvc` of the project.
 * @returns The record that is kept now.
 */
export function keepRun(home: string, run: RunRecord): { readonly run: RunRecord; readonly isNew: boolean } {
  const directory = storeOf(home);
  const known = readRun(join(directory, `${shortNameOf(run)}.json`));
  if (known?.fingerprint === run.fingerprint) return { run: known, isNew: false };
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, '.gitignore'), '*\n');
  const path = join(directory, `${shortNameOf(run)}.json`);
  writeFileSync(
    `${path}.new`,
    `${JSON.stringify({ format: FORMAT, version: VERSION, ...run }, undefined, 2)}\n`,
  );
  renameSync(`${path}.new`, path);
  return { run, isNew: true };
}

/** The last first. A file that is none of ours, or damaged, is left out. */
export function readRuns(home: string): readonly RunRecord[] {
  const directory = storeOf(home);
  if (!existsSync(directory)) return [];
  return readdirSync(directory)
    .filter((name) => name.endsWith('.json'))
    .flatMap((name) => readRun(join(directory, name)) ?? [])
    .sort((a, b) => b.atMs - a.atMs || (a.fingerprint < b.fingerprint ? -1 : 1));
}

const storeOf = (home: string): string => join(home, 'experiments');

function readRun(path: string): RunRecord | undefined {
  if (!existsSync(path)) return undefined;
  try {
    const found = JSON.parse(readFileSync(path, 'utf8')) as Partial<Record<string, unknown>> | null;
    return found?.['format'] === FORMAT && found['version'] === VERSION
      ? (found as unknown as RunRecord)
      : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

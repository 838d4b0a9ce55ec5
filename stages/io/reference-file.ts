/**
 * `reference.json` of a model: what the questions that it was trained on look like, to compare others with.
 *
 * @module
 */

import { StageFailure } from 'dvc-like/stage';
import type { Histogram, MemberCounts, Reference } from '../learn/drift/index.ts';
import { readVersioned, writeJson } from './json.ts';

const FORMAT = 'dvc-like/reference';
const VERSION = 1;

export const writeReference = (path: string, { numbers, sets }: Reference): void =>
  writeJson(path, { format: FORMAT, version: VERSION, numbers, sets });

/** @throws {StageFailure} If the file holds no reference. */
export function readReference(path: string): Reference {
  const { numbers, sets } = readVersioned(path, FORMAT, VERSION) as Partial<Reference>;
  const isValid =
    isRecord(numbers) &&
    isRecord(sets) &&
    Object.values(numbers).every(isHistogram) &&
    Object.values(sets).every(isMemberCounts);
  if (!isValid) throw new StageFailure(`Cannot read "${path}": it is not a reference of columns`);
  return { numbers, sets };
}

function isHistogram(value: unknown): value is Histogram {
  const { edges, counts, none } = (value ?? {}) as Partial<Histogram>;
  return (
    areNumbers(edges) && areNumbers(counts) && counts.length === edges.length + 1 && Number.isFinite(none)
  );
}

function isMemberCounts(value: unknown): value is MemberCounts {
  const { questions, members } = (value ?? {}) as Partial<MemberCounts>;
  return (
    Number.isFinite(questions) &&
    Array.isArray(members) &&
    members.every(
      (member) => Array.isArray(member) && typeof member[0] === 'string' && Number.isFinite(member[1]),
    )
  );
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const areNumbers = (value: unknown): value is readonly number[] =>
  Array.isArray(value) && value.every((number) => Number.isFinite(number));

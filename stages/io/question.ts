/**
 * Questions, as collected and as cleaned: the records of `data/raw` and `data/clean`.
 *
 * @module
 */

import { StageFailure } from 'dvc-like/stage';
import { readJsonLines, writeJsonLines } from './json-lines.ts';

/** A question as its site gives it. */
export interface Question {
  readonly site: string;
  /** Unique within the site. */
  readonly id: number;
  /** May hold HTML entities. */
  readonly title: string;
  /** HTML. */
  readonly body: string;
  /** At least one, none twice. */
  readonly tags: readonly string[];
  /** `2019-03-01T12:00:00Z`. */
  readonly creationDate: string;
  readonly link: string | null;
  readonly license: string | null;
}

/** A question as text: entities decoded, normalized, code apart. */
export interface CleanQuestion {
  readonly site: string;
  readonly id: number;
  readonly title: string;
  /** Without code blocks; inline code stays. One block of the HTML a line. */
  readonly text: string;
  /** The code blocks, an empty line between two. */
  readonly code: string;
  /** Where the text's links lead. */
  readonly links: readonly string[];
  readonly tags: readonly string[];
  readonly creationDate: string;
  readonly link: string | null;
}

export const readQuestions = (path: string): readonly Question[] =>
  readRecords(path, 'body') as readonly Question[];

export const readCleanQuestions = (path: string): readonly CleanQuestion[] =>
  readRecords(path, 'text') as readonly CleanQuestion[];

/** The months' questions behind each other, in the order of the files. */
export const readCleanMonths = (paths: readonly string[]): readonly CleanQuestion[] =>
  paths.flatMap((path) => readCleanQuestions(path));

export const writeQuestions = (path: string, questions: readonly (Question | CleanQuestion)[]): void =>
  writeJsonLines(path, questions);

function readRecords(path: string, field: 'body' | 'text'): readonly unknown[] {
  const records = readJsonLines(path);
  records.forEach((record, i) => {
    const { id, title, tags, [field]: content } = (record ?? {}) as Record<string, unknown>;
    const valid =
      Number.isSafeInteger(id) &&
      typeof title === 'string' &&
      typeof content === 'string' &&
      Array.isArray(tags);
    if (!valid)
      throw new StageFailure(`Cannot read "${path}": line ${i + 1} is not a question with "${field}"`);
  });
  return records;
}

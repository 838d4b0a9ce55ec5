/**
 * The log of a server's predictions: JSON Lines, a line for each question, without its text.
 *
 * A line has the `columns` that `learn/drift` watches (null: the question has no such value) and the `tags` that the
 * question was given, so that a log is compared with a model's reference as a month of questions is; and the rare tags
 * that it was given `by_name`.
 *
 * @module
 */

import { readFileSync } from 'node:fs';
import { StageFailure } from 'dvc-like/stage';
import type { Sample } from '../learn/drift/index.ts';

export interface LoggedPrediction {
  /** `2019-03-01T12:00:00.123Z`. */
  readonly time: string;
  /** SHA-256 of the manifest of the model that answered. */
  readonly model: string;
  readonly columns: Readonly<Record<string, number | null>>;
  /** Those given by the classifiers. */
  readonly tags: readonly LoggedTag[];
  /** Those given by their names: a reference has none of them. */
  readonly by_name: readonly LoggedTag[];
}

interface LoggedTag {
  readonly tag: string;
  readonly score: number;
  readonly probability: number | null;
}

export const logLine = (entry: LoggedPrediction): string => `${JSON.stringify(entry)}\n`;

/**
 * What was watched of the questions that a model answered.
 *
 * @param paths The files of a log, rotated ones too.
 * @param model Only what this one answered; undefined: all.
 * @throws {StageFailure} If a line is none of such a log. A last line that was cut off is left out.
 */
export function readPredictionLog(paths: readonly string[], model?: string): Sample {
  const entries = paths.flatMap(readEntries).filter((entry) => model === undefined || entry.model === model);
  const names = [...new Set(entries.flatMap(({ columns }) => Object.keys(columns)))].sort();
  const numbers = names.map((name) => [
    name,
    Float64Array.from(entries, ({ columns }) => columns[name] ?? NaN),
  ]);
  const given = new Map<string, number>();
  for (const { tags } of entries) for (const { tag } of tags) given.set(tag, (given.get(tag) ?? 0) + 1);
  return {
    questions: entries.length,
    numbers: Object.fromEntries(numbers) as Sample['numbers'],
    sets: { predicted_tag: given },
  };
}

function readEntries(path: string): readonly LoggedPrediction[] {
  const lines = readFileSync(path, 'utf8').split('\n');
  lines.pop();
  return lines.map((line, i) => {
    const entry = parse(line);
    if (entry !== undefined) return entry;
    throw new StageFailure(`Cannot read "${path}": line ${i + 1} is no prediction of so-tagger`);
  });
}

function parse(line: string): LoggedPrediction | undefined {
  let value: Partial<LoggedPrediction> | null;
  try {
    value = JSON.parse(line) as Partial<LoggedPrediction> | null;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
  const isValid =
    typeof value?.model === 'string' && typeof value.columns === 'object' && Array.isArray(value.tags);
  return isValid ? (value as LoggedPrediction) : undefined;
}

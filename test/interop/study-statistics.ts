/**
 * What a study's model says of its questions, for `study_statistics.py` to compute its scores and its drift again.
 *
 * @module
 */

import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { evaluateHoldOut } from '../../stages/evaluate/hold-out.ts';
import { type CleanQuestion, readCleanMonths, readCleanQuestions, readModel } from '../../stages/io/index.ts';
import { vocabularyOf, watchQuestions } from '../../stages/learn/drift/index.ts';
import type { LabelMatrix } from '../../stages/learn/labels/index.ts';
import { type PredictedTags, predictTags, tagProbabilities } from '../../stages/learn/tagger/index.ts';
import { watchWords } from '../../stages/monitor/words.ts';
import { ROOT } from '../support/golden-file.ts';
import type { Project } from '../support/project.ts';
import { PYTHON } from './scikit-learn.ts';

export interface Compared {
  /** Numbers that were computed twice. */
  readonly numbers: number;
  /** The greatest difference; relative where a number is above 1. */
  readonly greatest: number;
  /** What differs most, the most first. */
  readonly worst: readonly { readonly what: string; readonly ours: number; readonly theirs: number }[];
}

/** The scores of the watched months and all that `monitor` says of them. */
export function compareMonths(project: Project, watched: readonly string[]): Compared {
  const { tagger, manifest } = readModel(project.path('models/supervised'));
  const months = readdirSync(project.path('data/clean')).flatMap(
    (name) => /^[\d-]+(?=\.jsonl$)/.exec(name) ?? [],
  );
  const before = months.filter((month) => month < watched[0]!).sort();
  const pathOf = (month: string): string => project.path(`data/clean/${month}.jsonl`);
  const recent = before.slice(-REFERENCE_MONTHS);
  const vocabulary = vocabularyOf(tagger.featurizer, manifest.size.questions)!;
  const wordsOf = (questions: readonly CleanQuestion[]) => [
    ...watchWords(questions, vocabulary).sets['word']!,
  ];
  return compare(project, {
    classes: tagger.classes,
    training: before,
    recent,
    words: wordsOf(readCleanMonths(recent.map(pathOf))),
    months: watched.map((month) => {
      const questions = readCleanQuestions(pathOf(month));
      const predicted = predictTags(tagger, questions);
      return {
        month,
        questions: questions.map(({ id }) => id),
        words: wordsOf(questions),
        oov_rate: [...watchQuestions(questions, vocabulary).numbers['oov_rate']!],
        probabilities: rowsOf(tagProbabilities(tagger, predicted.scores)!, questions.length),
        ...predictions(predicted),
      };
    }),
  });
}

/** The scores of the training months held out, by a model fitted as `evaluate` fits it. */
export async function compareHeldOut(project: Project, training: readonly string[]): Promise<Compared> {
  const { manifest } = readModel(project.path('models/supervised'));
  const read = (months: readonly string[]): readonly CleanQuestion[] =>
    readCleanMonths(months.map((month) => project.path(`data/clean/${month}.jsonl`)));
  const [earlier, later] = [
    read(training.slice(0, -HELD_OUT_MONTHS)),
    read(training.slice(-HELD_OUT_MONTHS)),
  ];
  const { classes, predicted } = await evaluateHoldOut(manifest.params, earlier, later, { threads: 2 });
  return compare(project, {
    classes,
    held_out: training.slice(-HELD_OUT_MONTHS),
    questions: later.map(({ id }) => id),
    ...predictions(predicted),
  });
}

/** As `config.yaml` has them. */
const REFERENCE_MONTHS = 6;
const HELD_OUT_MONTHS = 3;

/** Of each question: scores of all classes, numbers of the given ones, and tags given by name. */
const predictions = ({ scores, given, byName }: PredictedTags) => ({
  scores: rowsOf(scores, given.rows),
  given: labelsOf(given),
  by_name: byName === null ? null : labelsOf(byName.given).map((row) => row.map((tag) => byName.tags[tag]!)),
});

const labelsOf = ({ rows, indptr, indices }: LabelMatrix): readonly (readonly number[])[] =>
  Array.from({ length: rows }, (_, row) => [...indices.subarray(indptr[row], indptr[row + 1])]);

const rowsOf = (values: Float64Array, rows: number): readonly (readonly number[])[] =>
  Array.from({ length: rows }, (_, row) => [
    ...values.subarray((row * values.length) / rows, ((row + 1) * values.length) / rows),
  ]);

function compare(project: Project, said: unknown): Compared {
  mkdirSync(project.path('said'), { recursive: true });
  const path = project.path('said/predictions.json');
  writeFileSync(path, JSON.stringify(said));
  const script = `${ROOT}test/interop/study_statistics.py`;
  const output = execFileSync(PYTHON!, ['-W', 'ignore', script, project.root, path], { encoding: 'utf8' });
  return JSON.parse(output) as Compared;
}

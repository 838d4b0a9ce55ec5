/**
 * `labels`: the tags worth learning, and which question has which.
 *
 * In: the training months. Out: `models/labels.json`, `data/features/labels.arrays`.
 *
 * @module
 */

import { type ParamsOf, type StageContext, StageFailure } from 'dvc-like/stage';
import { digestRows, MONTH_PATTERN, readCleanMonths, writeLabelMatrix, writeLabels } from '../io/index.ts';
import { binarizeLabels } from '../learn/labels/index.ts';
import { chooseLabels } from '../learn/tagger/index.ts';

const month = { type: 'string', pattern: MONTH_PATTERN } as const;

export const params = {
  type: 'object',
  additionalProperties: false,
  required: ['labels', 'months'],
  properties: {
    labels: {
      type: 'object',
      additionalProperties: false,
      required: ['coverage', 'min_support'],
      properties: {
        coverage: {
          type: 'number',
          exclusiveMinimum: 0,
          maximum: 1,
          description: 'The fewest tags that make up this share of all tag occurrences are learned',
        },
        min_support: {
          type: 'integer',
          minimum: 1,
          description: 'Of those, the tags with so many questions',
        },
      },
    },
    months: {
      type: 'object',
      additionalProperties: false,
      required: ['train'],
      properties: {
        train: {
          type: 'object',
          additionalProperties: false,
          required: ['from', 'to'],
          properties: { from: month, to: month },
        },
      },
    },
  },
} as const;

export default async function run(context: StageContext<ParamsOf<typeof params>>): Promise<void> {
  const { labels: settings, months } = context.params;
  const questions = readCleanMonths(context.deps);
  if (questions.length === 0)
    throw new StageFailure(`No question from ${months.train.from} to ${months.train.to}`);
  const tags = questions.map((question) => question.tags);
  const { coverage, ...chosen } = chooseLabels(settings, tags);
  if (chosen.classes.length === 0) {
    throw new StageFailure(`No tag is in ${settings.min_support} questions`, {
      hint: 'lower labels.min_support',
    });
  }
  writeLabels(context.outs[0]!, { months: months.train, questions: questions.length, settings, ...chosen });
  const { matrix } = binarizeLabels(chosen.classes, tags);
  writeLabelMatrix(context.outs[1]!, { matrix, rowsOf: digestRows(questions) });
  context.log(
    `${chosen.classes.length} of ${chosen.classes.length + chosen.unknown.length} tags cover ${(100 * coverage).toFixed(1)} %`,
  );
}

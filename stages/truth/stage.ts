/**
 * `truth`: what was planted in the synthetic data, and all that its months are drawn from.
 *
 * Out: `data/truth.json`; for another source it says that nothing was planted.
 *
 * @module
 */

import type { ParamsOf, StageContext } from 'dvc-like/stage';
import { MONTH_PATTERN, monthAt, SOURCES, writeTruth } from '../io/index.ts';
import { createRandom } from '../learn/random/index.ts';
import { makeWorld } from './world.ts';

const monthNumber = (description: string) =>
  ({
    type: 'integer',
    minimum: 0,
    maximum: 1200,
    description: `${description}: a number from 1 on, or 0 for never`,
  }) as const;

export const params = {
  type: 'object',
  additionalProperties: false,
  required: ['collect'],
  properties: {
    collect: {
      type: 'object',
      additionalProperties: false,
      required: ['source', 'seed', 'synthetic'],
      properties: {
        source: { enum: SOURCES, description: 'Where questions come from' },
        seed: {
          type: 'integer',
          minimum: 0,
          maximum: 4294967295,
          description: 'Another seed, another world',
        },
        synthetic: {
          type: 'object',
          additionalProperties: false,
          required: ['first_month', 'questions_per_month', 'drift'],
          properties: {
            first_month: {
              type: 'string',
              pattern: MONTH_PATTERN,
              description: 'The month that is number 1',
            },
            questions_per_month: {
              type: 'integer',
              minimum: 150,
              maximum: 100000,
              description: 'About how many',
            },
            drift: {
              type: 'object',
              additionalProperties: false,
              required: ['new_tag', 'vocabulary', 'frequencies'],
              properties: {
                new_tag: monthNumber('The month in which a new tag appears'),
                vocabulary: monthNumber('The month in which the vocabulary of a tag changes'),
                frequencies: monthNumber('The month in which the frequencies of tags shift'),
              },
            },
          },
        },
      },
    },
  },
} as const;

export default async function run(context: StageContext<ParamsOf<typeof params>>): Promise<void> {
  const { source, seed, synthetic } = context.params.collect;
  const out = context.outs[0]!;
  if (source !== 'synthetic') {
    writeTruth(out, { kind: 'nothing-planted', source });
    context.log(`Nothing planted: questions come from ${source}`);
    return;
  }
  const world = makeWorld(
    {
      seed,
      firstMonth: synthetic.first_month,
      questionsPerMonth: synthetic.questions_per_month,
      drift: {
        appears: synthetic.drift.new_tag,
        vocabulary: synthetic.drift.vocabulary,
        frequencies: synthetic.drift.frequencies,
      },
      monthAt: (number) => monthAt(synthetic.first_month, number - 1),
    },
    createRandom(`world ${seed}`),
  );
  writeTruth(out, world);
  context.log(`${world.tags.length} tags, ${world.drift.length} changes planted`);
}

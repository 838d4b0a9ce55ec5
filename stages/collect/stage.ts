/**
 * `collect@MONTH`: the questions asked in one month.
 *
 * In: `collect.input`. Out: `data/raw/MONTH.jsonl` and what was counted on the way. Nothing here depends on how many
 * months there are.
 *
 * @module
 */

import { type ParamsOf, type StageContext, StageFailure } from 'dvc-like/stage';
import {
  monthAt,
  monthNumber,
  monthStartSeconds,
  type Question,
  readTruth,
  streamLines,
  writeJson,
  writeQuestions,
} from '../io/index.ts';
import { createRandom } from '../learn/random/index.ts';
import { siftMonth } from './sift.ts';
import { makeMonth } from './synthetic.ts';

export const params = {
  type: 'object',
  additionalProperties: false,
  required: ['collect'],
  properties: {
    collect: {
      type: 'object',
      additionalProperties: false,
      required: ['source', 'max_bad_share'],
      properties: {
        source: { enum: ['synthetic', 'jsonl'], description: 'Where questions come from' },
        max_bad_share: {
          type: 'number',
          minimum: 0,
          maximum: 1,
          description: 'The stage fails when a larger share of the rows of the input cannot be used',
        },
      },
    },
  },
} as const;

type Context = StageContext<ParamsOf<typeof params>, { readonly month: string }>;

export default async function run(context: Context): Promise<void> {
  const { source } = context.params.collect;
  const questions = source === 'synthetic' ? synthesize(context) : await sift(context);
  writeQuestions(context.outs[0]!, questions);
  context.log(`${questions.length} questions of ${context.with.month}`);
}

function synthesize({ deps, outs, with: { month } }: Context): readonly Question[] {
  const truth = readTruth(deps[0]!);
  if (truth.kind !== 'synthetic') throw new StageFailure('The input is not a synthetic world');
  const number = monthNumber(month) - monthNumber(truth.firstMonth) + 1;
  if (number < 1) {
    throw new StageFailure(`Cannot make ${month}: the synthetic world begins in ${truth.firstMonth}`, {
      hint: 'set an earlier collect.synthetic.first_month, or later months',
    });
  }
  const startSeconds = monthStartSeconds(month);
  const days = (monthStartSeconds(monthAt(month, 1)) - startSeconds) / 86_400;
  const random = createRandom(`month ${truth.seed} ${number}`);
  const questions = makeMonth(truth, number, { startSeconds, days }, random);
  writeJson(outs[1]!, {
    source: 'synthetic',
    questions: questions.length,
    rows: questions.length,
    refusedRows: 0,
    refused: [],
  });
  return questions;
}

async function sift({
  deps,
  outs,
  params: { collect },
  with: { month },
  log,
}: Context): Promise<readonly Question[]> {
  const input = deps[0]!;
  const { questions, ...counts } = await siftMonth(streamLines(input), month);
  for (const { line, why } of counts.refused) log(`Line ${line} is left out: ${why}`);
  if (counts.refusedRows > collect.max_bad_share * counts.rows) {
    const first = counts.refused[0];
    throw new StageFailure(
      `Cannot use ${counts.refusedRows} of ${counts.rows} rows of "${input}": collect.max_bad_share is ` +
        `${collect.max_bad_share}${first === undefined ? '' : `; line ${first.line}: ${first.why}`}`,
      { hint: 'collect.input must be JSON Lines with id, title, body, tags and creationDate' },
    );
  }
  writeJson(outs[1]!, { source: 'jsonl', questions: questions.length, ...counts });
  return questions;
}

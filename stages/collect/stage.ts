/**
 * `collect@MONTH`: the questions asked in one month.
 *
 * In: `data/truth.json`, and `data/source/MONTH.jsonl`: where `split` has read an input its questions, for
 * `api` what to ask. Out: `data/raw/MONTH.jsonl`, by
 * date and id, and what was counted on the way. Nothing here depends on how many months there are.
 *
 * @module
 */

import { type ParamsOf, type StageContext, StageFailure } from 'dvc-like/stage';
import {
  inTurn,
  monthAt,
  monthNumber,
  monthStartSeconds,
  readApiRequest,
  readTruth,
  SOURCES,
  systemClock,
  writeJson,
  writeQuestions,
} from '../io/index.ts';
import { createRandom } from '../learn/random/index.ts';
import { collectMonth, secretsOf } from './api/index.ts';
import { sortMonth } from './sort-month.ts';
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
        source: { enum: SOURCES, description: 'Where questions come from' },
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
  const counts = await collect(context);
  writeJson(context.outs[1]!, { source: context.params.collect.source, ...counts });
  context.log(`${counts.questions} questions of ${context.with.month}`);
}

interface Counts {
  readonly questions: number;
  readonly rows: number;
  readonly refusedRows: number;
  readonly refused: readonly unknown[];
}

async function collect(context: Context): Promise<Counts> {
  switch (context.params.collect.source) {
    case 'synthetic':
      return synthesize(context);
    case 'api':
      return askApi(context);
    case 'jsonl':
    case 'dump':
    case 'sede':
      return sortMonth(context.deps[1]!, context.outs[0]!);
  }
}

function askApi(context: Context): Promise<Counts> {
  const { deps, outs, params, environment, log, progress, random, signal } = context;
  return collectMonth(
    {
      month: context.with.month,
      request: readApiRequest(deps[1]!),
      secrets: secretsOf(environment),
      maxBadShare: params.collect.max_bad_share,
      directory: context.checkpointDirectory(),
      out: outs[0]!,
      onProgress: progress,
    },
    {
      fetch,
      clock: systemClock,
      random,
      log,
      inTurn: (work) => inTurn('stack-exchange', work, signal),
      signal,
    },
  );
}

function synthesize({ deps, outs, with: { month } }: Context): Counts {
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
  writeQuestions(outs[0]!, questions);
  return { questions: questions.length, rows: questions.length, refusedRows: 0, refused: [] };
}

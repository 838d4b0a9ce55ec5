/**
 * `monthly@MONTH`: the model scored on a month after its training.
 *
 * In: the model, `data/clean/MONTH.jsonl`. Out: `MONTH.tags.json`, `MONTH.json`.
 *
 * @module
 */

import { type StageContext, StageFailure } from 'dvc-like/stage';
import { monthNumber, readCleanQuestions, readModel, writeJson, writeTagCounts } from '../io/index.ts';
import { scoreTagger } from '../learn/tagger/index.ts';

export const params = { type: 'object', additionalProperties: false, properties: {} } as const;

type Context = StageContext<unknown, { readonly month: string }>;

export default async function run(context: Context): Promise<void> {
  const { month } = context.with;
  const { tagger, manifest } = readModel(context.deps[0]!);
  if (monthNumber(month) <= monthNumber(manifest.months.to)) {
    throw new StageFailure(
      `Cannot score ${month}: the model was trained on ${manifest.months.from} to ${manifest.months.to}`,
      {
        hint: 'let months.watch begin after months.train',
      },
    );
  }
  const { scores, tags } = scoreTagger(tagger, readCleanQuestions(context.deps[1]!));
  writeTagCounts(context.outs[0]!, tags);
  writeJson(context.outs[1]!, scores);
  context.log(`Micro F1 ${scores.f1_micro?.toFixed(3) ?? 'none'} on ${scores.questions} questions`);
}

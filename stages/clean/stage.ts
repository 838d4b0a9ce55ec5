/**
 * `clean@MONTH`: a month's questions from HTML to text.
 *
 * In: `data/raw/MONTH.jsonl`. Out: `data/clean/MONTH.jsonl` and what was counted on the way.
 *
 * @module
 */

import type { ParamsOf, StageContext } from 'dvc-like/stage';
import { readQuestions, writeJson, writeQuestions } from '../io/index.ts';
import { cleanQuestions } from './clean-questions.ts';

export const params = {
  type: 'object',
  additionalProperties: false,
  required: ['clean'],
  properties: {
    clean: {
      type: 'object',
      additionalProperties: false,
      required: ['unicode_form'],
      properties: {
        unicode_form: { enum: ['NFC', 'NFKC'], description: 'Unicode normalization form of the text' },
      },
    },
  },
} as const;

export default async function run(context: StageContext<ParamsOf<typeof params>>): Promise<void> {
  const questions = readQuestions(context.deps[0]!);
  const cleaned = cleanQuestions(questions, context.params.clean.unicode_form);
  const withCode = cleaned.questions.filter(({ code }) => code !== '').length;
  writeQuestions(context.outs[0]!, cleaned.questions);
  writeJson(context.outs[1]!, {
    questions: cleaned.questions.length,
    duplicates: cleaned.duplicates,
    withCode,
  });
  context.log(`${cleaned.questions.length} questions, ${cleaned.duplicates} duplicates dropped`);
}

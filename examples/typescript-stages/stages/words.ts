/** `words`: how often each word stands in a text. */

import { readFileSync, writeFileSync } from 'node:fs';
import type { ParamsOf, StageContext } from 'dvc-like/stage';
import { countWords } from './count-words.ts';

export const params = {
  type: 'object',
  additionalProperties: false,
  required: ['words'],
  properties: {
    words: {
      type: 'object',
      additionalProperties: false,
      required: ['min_length'],
      properties: {
        min_length: { type: 'integer', minimum: 1, description: 'Shorter words are left out' },
      },
    },
  },
} as const;

export default async function run(context: StageContext<ParamsOf<typeof params>>): Promise<void> {
  const text = readFileSync(context.deps[0]!, 'utf8');
  const counts = countWords(text, context.params.words.min_length);
  writeFileSync(context.outs[0]!, `${JSON.stringify(counts)}\n`);
  context.log(`${counts.length} words`);
}

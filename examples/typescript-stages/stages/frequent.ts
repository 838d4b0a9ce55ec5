/** `frequent`: the most frequent words of all texts, as a page and as a metric. */

import { readFileSync, writeFileSync } from 'node:fs';
import { type ParamsOf, type StageContext, StageFailure } from 'dvc-like/stage';
import { sumCounts, type WordCount } from './count-words.ts';

export const params = {
  type: 'object',
  additionalProperties: false,
  required: ['frequent'],
  properties: {
    frequent: {
      type: 'object',
      additionalProperties: false,
      required: ['top'],
      properties: { top: { type: 'integer', minimum: 1, description: 'How many words to show' } },
    },
  },
} as const;

type Context = StageContext<ParamsOf<typeof params>, { readonly title: string }>;

export default async function run(context: Context): Promise<void> {
  const { deps, outs } = context;
  const counts = deps.flatMap((path) => JSON.parse(readFileSync(path, 'utf8')) as readonly WordCount[]);
  const words = sumCounts(counts);
  if (words.length === 0)
    throw new StageFailure('The texts have no words', { hint: 'lower words.min_length' });
  const [pageOut, metricsOut] = outs;
  const lines = words.slice(0, context.params.frequent.top).map(([word, count]) => `- ${word}: ${count}\n`);
  writeFileSync(pageOut!, `# ${context.with.title}\n\n${lines.join('')}`);
  writeFileSync(metricsOut!, `${JSON.stringify({ words: words.length })}\n`);
}

/**
 * What a tagger gets right and wrong, question by question.
 *
 * @module
 */

import type { Fields } from '../features/index.ts';
import { binarizeLabels } from '../labels/index.ts';
import { type Counts, countByRow, sumCounts } from '../metrics/index.ts';
import { predictTags, type Tagger } from './tagger.ts';

/**
 * Over all true tags: one that the tagger does not give counts as missed, whether it knows it or not. So taggers with different tags can be compared.
 *
 * @returns Of each question, in their order.
 */
export function countByQuestion(
  tagger: Tagger,
  questions: readonly (Fields & { readonly tags: readonly string[] })[],
): readonly Counts[] {
  const tagLists = questions.map(({ tags }) => tags);
  const { given, byName } = predictTags(tagger, questions);
  const counts = countByRow(binarizeLabels(tagger.classes, tagLists).matrix, given);
  const named = byName && countByRow(binarizeLabels(byName.tags, tagLists).matrix, byName.given);
  return counts.map((byClassifier, i) => {
    const { truePositives, falsePositives } = sumCounts([
      byClassifier,
      ...(named === null ? [] : [named[i]!]),
    ]);
    const falseNegatives = new Set(tagLists[i]).size - truePositives;
    return { truePositives, falsePositives, falseNegatives };
  });
}

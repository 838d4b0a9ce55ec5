/**
 * What a tagger gets right and wrong, question by question.
 *
 * @module
 */

import type { Fields } from '../features/index.ts';
import { binarizeLabels } from '../labels/index.ts';
import { type Counts, countByRow } from '../metrics/index.ts';
import { predictLabels, type Tagger } from './tagger.ts';

/**
 * Over all true tags: one that the tagger does not know counts as missed. So taggers with different tags can be compared.
 *
 * @returns Of each question, in their order.
 */
export function countByQuestion(
  tagger: Tagger,
  questions: readonly (Fields & { readonly tags: readonly string[] })[],
): readonly Counts[] {
  const { matrix } = binarizeLabels(
    tagger.classes,
    questions.map(({ tags }) => tags),
  );
  return countByRow(matrix, predictLabels(tagger, questions)).map((counts, i) => ({
    ...counts,
    falseNegatives: new Set(questions[i]!.tags).size - counts.truePositives,
  }));
}

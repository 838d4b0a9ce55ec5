/**
 * `evaluate`: what to expect of the model, by its recipe without the last training months.
 *
 * In: the model (for its recipe), then the training months. Out: `tags.csv`, `reference.json`, `metrics.json`, `thresholds.csv`.
 *
 * @module
 */

import { type ParamsOf, type StageContext, StageFailure } from 'dvc-like/stage';
import { readCleanMonths, readManifest, writeCsv, writeJson, writeReference } from '../io/index.ts';
import { canMakeFolds, scoreTag } from '../learn/tagger/index.ts';
import { evaluateHoldOut } from './hold-out.ts';

export const params = {
  type: 'object',
  additionalProperties: false,
  required: ['evaluate'],
  properties: {
    evaluate: {
      type: 'object',
      additionalProperties: false,
      required: ['holdout_months'],
      properties: {
        holdout_months: {
          type: 'integer',
          minimum: 1,
          description: 'The last training months, to be scored',
        },
      },
    },
  },
} as const;

export default async function run(context: StageContext<ParamsOf<typeof params>>): Promise<void> {
  const { holdout_months: held } = context.params.evaluate;
  const [model, ...months] = context.deps;
  if (held >= months.length) {
    throw new StageFailure(`Cannot hold out ${held} of ${months.length} training months`, {
      hint: 'lower evaluate.holdout_months',
    });
  }
  const earlier = readCleanMonths(months.slice(0, -held));
  const later = readCleanMonths(months.slice(-held));
  if (earlier.length === 0) throw new StageFailure('No question is left to learn from');
  const { threads, signal } = context;
  const onLabel = (done: number): void => {
    context.progress(done, undefined, 'tags');
  };
  const recipe = readManifest(model!).params;
  if (!canMakeFolds(recipe, earlier.length)) {
    throw new StageFailure(`Cannot make ${recipe.decision.folds} folds of ${earlier.length} questions`, {
      hint: 'lower decision.folds or evaluate.holdout_months',
    });
  }
  const { scores, tags, unconverged, curve, reference } = await evaluateHoldOut(recipe, earlier, later, {
    threads,
    signal,
    onLabel,
  });
  writeCsv(
    context.outs[0]!,
    ['tag', 'known', 'support', 'precision', 'recall', 'f1'],
    tags.map((counts) => {
      const { tag, known, support, precision, recall, f1 } = scoreTag(counts);
      return [tag, String(known), support, precision, recall, f1];
    }),
  );
  writeReference(context.outs[1]!, reference);
  writeJson(context.outs[2]!, scores);
  writeCsv(
    context.outs[3]!,
    ['threshold', 'precision', 'recall', 'f1'],
    curve.map(({ threshold, precision, recall, f1 }) => [
      threshold,
      precision ?? null,
      recall ?? null,
      f1 ?? null,
    ]),
  );
  context.log(
    `Micro F1 ${scores.f1_micro?.toFixed(3) ?? 'none'} on ${later.length} questions; ${unconverged} tags did not converge`,
  );
}

/**
 * `candidates.csv`: every candidate of a search with its settings and scores.
 *
 * @module
 */

import { type Cell, writeCsv } from '../io/index.ts';
import { METRICS, type Metric, rankTrials, type Trial } from '../learn/selection/index.ts';

/**
 * Columns: `candidate` (from 0), `params.<name>` by name, `threshold`, for each metric `<metric>_fold_<i>` (from 0),
 * `<metric>_mean`, `<metric>_std` and `<metric>_rank`, then `unconverged`, `pruned_after` and `rank`: that of the metric by
 * which one is chosen. A candidate that was pruned has the number of folds that it was scored on in `pruned_after`, means
 * over those, and no rank.
 *
 * @param trials None: a header alone.
 */
export function writeCandidates(
  path: string,
  {
    names,
    folds,
    refit,
  }: { readonly names: readonly string[]; readonly folds: number; readonly refit: Metric },
  trials: readonly Trial[],
): void {
  const params = [...names].sort((a, b) => (a < b ? -1 : 1));
  const foldNumbers = Array.from({ length: folds }, (_, fold) => fold);
  const header = [
    'candidate',
    ...params.map((name) => `params.${name}`),
    'threshold',
    ...METRICS.flatMap((metric) => [
      ...foldNumbers.map((fold) => `${metric}_fold_${fold}`),
      `${metric}_mean`,
      `${metric}_std`,
      `${metric}_rank`,
    ]),
    'unconverged',
    'pruned_after',
    'rank',
  ];
  const ranks = new Map(METRICS.map((metric) => [metric, rankTrials(trials, metric)]));
  const rows = trials.map(({ candidate, scores }, i): readonly Cell[] => [
    i,
    ...params.map((name) => candidate[name]!),
    scores.threshold,
    ...METRICS.flatMap((metric) => {
      const { folds: byFold, mean, std } = scores.metrics[metric];
      const cells = foldNumbers.map((fold) => byFold[fold] ?? null);
      return [...cells, mean, std, ranks.get(metric)![i] ?? null];
    }),
    scores.unconverged,
    scores.pruned ? scores.rungs.length : null,
    ranks.get(refit)![i] ?? null,
  ]);
  writeCsv(path, header, rows);
}

/**
 * Which candidates are given up before all their folds are scored.
 *
 * A candidate's rungs are the folds scored so far: its value at a rung is the mean of the metric over them, turned so that
 * more is better. All candidates of a batch come to a rung before any is judged there, so that what is given up depends
 * on values, not on which of them came first.
 *
 * @module
 */

export interface AtRung {
  /** Folds scored, at least 1; not all of them. */
  readonly rung: number;
  /** Of the candidate: its values at this rung and those before. */
  readonly own: readonly number[];
  /** Of each candidate of the batch that came to this rung, the candidate among them: its value here. */
  readonly batch: readonly number[];
  /** Candidates of the batches before. */
  readonly before: readonly { readonly rungs: readonly number[]; readonly pruned: boolean }[];
}

/** Whether a candidate is given up. */
export type Pruner = (at: AtRung) => boolean;

/** Fully scored candidates that there must be before one is measured by them. */
const STARTUP = 5;

/**
 * Gives up a candidate whose best value so far is below the median of those that the candidates of earlier batches had at
 * the same rung, of those that were scored whole; there must be five.
 *
 * @see Optuna 4, optuna/pruners/_percentile.py, `MedianPruner` with its defaults; Golovin et al., Google Vizier (2017).
 */
export const medianPruner: Pruner = ({ rung, own, before }) => {
  const whole = before.filter(({ pruned }) => !pruned);
  if (whole.length < STARTUP) return false;
  return Math.max(...own) < median(whole.map(({ rungs }) => rungs[rung - 1]!));
};

/** Of so many candidates at a rung one goes on. */
const REDUCTION = 4;

/**
 * At the rungs 1, 4, 16, ... folds: gives up a candidate that is not among the best quarter, rounded down, of all that
 * came to the rung, of its batch and of those before; the best of fewer than four goes on, with its equals.
 *
 * @see Li et al., A system for massively parallel hyperparameter tuning (2020); Optuna 4,
 *   optuna/pruners/_successive_halving.py, with its defaults.
 */
export const successiveHalvingPruner: Pruner = ({ rung, own, batch, before }) => {
  if (!isPowerOf(REDUCTION, rung)) return false;
  const earlier = before.flatMap(({ rungs }) => rungs[rung - 1] ?? []);
  const competing = [...batch, ...earlier].sort((a, b) => b - a);
  const promoted = Math.max(1, Math.floor(competing.length / REDUCTION));
  return own[rung - 1]! < competing[promoted - 1]!;
};

const isPowerOf = (base: number, number: number): boolean =>
  number === 1 || (number % base === 0 && isPowerOf(base, number / base));

/** @param values At least one. */
function median(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

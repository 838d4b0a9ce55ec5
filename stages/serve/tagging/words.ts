/**
 * The words that spoke for a tag: of a linear model's score, the largest summands.
 *
 * @module
 */

import type { Classifier } from '../../learn/classifier/index.ts';
import type { LinearModel } from '../../learn/linear/index.ts';
import type { Csr } from '../../learn/sparse/index.ts';
import type { Feature } from './columns.ts';

/** A summand of a score. */
export interface Word extends Feature {
  /** What it adds to the score: the question's value of the column times the tag's coefficient. */
  readonly weight: number;
}

interface Summand {
  readonly column: number;
  readonly weight: number;
}

/**
 * @param most How many at most, the largest first.
 * @returns What raises the score of `label` for row `row` of X; none where the score is no sum over the columns.
 */
export function wordsFor(
  model: Classifier,
  X: Csr,
  row: number,
  label: number,
  most: number,
  nameOf: (column: number) => Feature,
): readonly Word[] {
  if (model.kind !== 'linear' || most === 0) return [];
  const best: Summand[] = [];
  for (let k = X.indptr[row]!; k < X.indptr[row + 1]!; k++) {
    const column = X.indices[k]!;
    keepLargest(best, column, X.values[k]! * coefficient(model, label, column), most);
  }
  return named(best, nameOf);
}

/**
 * The columns that raise a tag's score most wherever they are, and those that lower it most.
 *
 * @returns Coefficients, the strongest first; none where the score is no sum over the columns.
 */
export function strongestWords(
  model: Classifier,
  label: number,
  most: number,
  nameOf: (column: number) => Feature,
): { readonly raising: readonly Word[]; readonly lowering: readonly Word[] } {
  if (model.kind !== 'linear') return { raising: [], lowering: [] };
  const raising: Summand[] = [];
  const lowering: Summand[] = [];
  for (let column = 0; column < model.features; column++) {
    const weight = coefficient(model, label, column);
    keepLargest(raising, column, weight, most);
    keepLargest(lowering, column, -weight, most);
  }
  return {
    raising: named(raising, nameOf),
    lowering: named(lowering, nameOf).map((word) => ({ ...word, weight: -word.weight })),
  };
}

const coefficient = ({ coefficients, features }: LinearModel, label: number, column: number): number =>
  coefficients[label * features + column]!;

const named = (summands: readonly Summand[], nameOf: (column: number) => Feature): readonly Word[] =>
  summands.map(({ column, weight }) => ({ ...nameOf(column), weight }));

/** Keeps `best` sorted, the largest first, of those above 0. */
function keepLargest(best: Summand[], column: number, weight: number, most: number): void {
  if (!(weight > 0) || most === 0) return;
  if (best.length === most && weight <= best[most - 1]!.weight) return;
  let at = best.length;
  while (at > 0 && best[at - 1]!.weight < weight) at--;
  best.splice(at, 0, { column, weight });
  if (best.length > most) best.pop();
}

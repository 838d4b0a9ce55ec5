/**
 * A column as Evidently tells them apart.
 *
 * @module
 */

export type Column = NumericalColumn | CategoricalColumn;

export interface NumericalColumn {
  readonly kind: 'num';
  /** Not empty. NaN and infinite values are to be left out before. */
  readonly values: Float64Array;
  /** Of an integer type: numpy makes no bins narrower than 1 for it. */
  readonly isInteger?: boolean;
}

export interface CategoricalColumn {
  readonly kind: 'cat';
  readonly values: readonly string[];
}

export const distinctValues = (values: Iterable<number | string>): readonly (number | string)[] => [
  ...new Set(values),
];

/** What Evidently leaves of a column: finite numbers. */
export const numericalColumn = (values: Float64Array): NumericalColumn => ({
  kind: 'num',
  values: values.filter((value) => Number.isFinite(value)),
});

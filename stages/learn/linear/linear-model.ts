/**
 * What all linear classifiers learn.
 *
 * @module
 */

export interface LinearModel {
  readonly kind: 'linear';
  readonly labels: number;
  readonly features: number;
  /** Shape (labels, features), row by row. */
  readonly coefficients: Float64Array;
  /**
   * Length labels. A label that no row, or every row, has gets a constant score of -1, or +1. (scikit-learn's are 0 and
   * 1: the same prediction at threshold 0, but a label never seen would be given at any threshold below.)
   */
  readonly intercepts: Float64Array;
}

export interface LinearFit {
  readonly model: LinearModel;
  /** Length labels: passes over the rows, or steps of the solver; 0 for a constant label. */
  readonly iterations: Uint32Array;
  /** Labels whose fit stopped before it was within its tolerance, ascending. */
  readonly unconverged: readonly number[];
}

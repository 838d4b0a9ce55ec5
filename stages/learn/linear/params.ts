/**
 * What is asked of a linear support vector classifier.
 *
 * @module
 */

export interface LinearSvcParams {
  readonly loss: 'squared_hinge' | 'hinge';
  /** Weight of the errors against that of the norm; > 0. */
  readonly C: number;
  /** `balanced` weighs a class by n / (2 times its rows). */
  readonly classWeight: 'balanced' | undefined;
  /** A fit ends when the projected gradients of all rows lie within this; > 0. */
  readonly tol: number;
  /** The most passes over the rows for a label; >= 1. */
  readonly maxIter: number;
  /** Value of the feature that stands for the intercept; 0 fits none. */
  readonly interceptScaling: number;
  /** Of the order in which rows are visited. */
  readonly seed: number;
}

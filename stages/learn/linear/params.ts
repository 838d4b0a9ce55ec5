/**
 * What is asked of a linear classifier.
 *
 * @module
 */

/** What is asked of a linear support vector classifier. */
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

/** What is asked of a logistic regression. */
export interface LogisticRegressionParams {
  /** Weight of the errors against that of the norm; > 0. */
  readonly C: number;
  /** `balanced` weighs a class by n / (2 times its rows). */
  readonly classWeight: 'balanced' | undefined;
  /** A fit ends when no component of the gradient is above this times the weight of the rarer class's errors; > 0. */
  readonly tol: number;
  /** The most steps of Newton's method for a label; >= 1. */
  readonly maxIter: number;
  /**
   * `free`: not penalised, as scikit-learn's `lbfgs` and `newton-*` have it. `penalized`: the weight of a feature of value
   * `scaling`, as `liblinear` has it. `none`: 0.
   */
  readonly intercept:
    | { readonly kind: 'free' }
    | { readonly kind: 'penalized'; readonly scaling: number }
    | { readonly kind: 'none' };
}

/**
 * Linear models, one-vs-rest.
 *
 * @module
 */

export { type ComplementNbParams, fitComplementNb } from './complement-nb.ts';
export type { LinearFit, LinearModel } from './linear-model.ts';
export { fitLinearSvc, fitLinearSvcOnThreads } from './linear-svc.ts';
export { fitLogisticRegression, fitLogisticRegressionOnThreads } from './logistic-regression.ts';
export type { LinearSvcParams, LogisticRegressionParams } from './params.ts';
export type { ThreadOptions } from './pool.ts';
export { decisionFunction } from './predict.ts';
export { createRowScorer } from './row-scorer.ts';
export { fitSgd, fitSgdOnce, type SgdParams } from './sgd.ts';

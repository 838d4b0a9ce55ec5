/**
 * Linear models, one-vs-rest.
 *
 * @module
 */

export { fitLinearSvc, type LinearFit, type LinearModel } from './linear-svc.ts';
export type { LinearSvcParams } from './params.ts';
export { fitLinearSvcOnThreads, type ThreadOptions } from './pool.ts';
export { decisionFunction } from './predict.ts';
export { createRowScorer } from './row-scorer.ts';

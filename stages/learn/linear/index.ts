/**
 * Linear models, one-vs-rest.
 *
 * @module
 */

export { type ComplementNbParams, fitComplementNb } from './complement-nb.ts';
export type { LinearFit, LinearModel } from './linear-model.ts';
export { fitLinearSvc } from './linear-svc.ts';
export type { LinearSvcParams } from './params.ts';
export { fitLinearSvcOnThreads, type ThreadOptions } from './pool.ts';
export { decisionFunction } from './predict.ts';
export { createRowScorer } from './row-scorer.ts';

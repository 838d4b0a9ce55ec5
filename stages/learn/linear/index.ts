/**
 * Linear models, one-vs-rest.
 *
 * @module
 */

export { fitLinearSvc, type LinearFit, type LinearModel, type LinearSvcParams } from './linear-svc.ts';
export { fitLinearSvcOnThreads, type ThreadOptions } from './pool.ts';
export { decisionFunction, labelsAbove } from './predict.ts';

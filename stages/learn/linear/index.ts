/**
 * Linear models, one-vs-rest.
 *
 * @module
 */

export { fitLinearSvc, type LinearFit, type LinearModel, type LinearSvcParams } from './linear-svc.ts';
export { decisionFunction, labelsAbove } from './predict.ts';

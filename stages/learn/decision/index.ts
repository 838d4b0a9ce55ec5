/**
 * From scores to tags.
 *
 * @module
 */

export { chooseDecision, microF1 } from './choose.ts';
export { type CurvePoint, thresholdCurve } from './curve.ts';
export { decide } from './decide.ts';
export { type Decision, type DecisionSettings, decisionBySettings } from './decision.ts';
export { type FoldMemory, outOfFoldScores, putFoldScores, scoreFold } from './out-of-fold.ts';
export { bestThresholds } from './thresholds.ts';

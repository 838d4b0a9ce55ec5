export { compareInputs } from './compare.ts';
export { type DecideOptions, type Decision, decideStage } from './decide.ts';
export { isResting } from './decide-resting.ts';
export { readInputs, type Upstream } from './inputs.ts';
export type { Observer, StageInputs } from './observation.ts';
export { makePlan, type PlanOptions } from './plan.ts';
export { isRestorableKind } from './restorable.ts';
export { type StageStatus, stageStatus } from './stage-status.ts';
export type { Change, Plan, PlannedStage, Verdict } from './verdict.ts';

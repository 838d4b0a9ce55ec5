export { compareInputs } from './compare.ts';
export { type DecideOptions, type Decision, decideStage } from './decide.ts';
export { readInputs, type Upstream } from './inputs.ts';
export type { Observer, StageInputs } from './observation.ts';
export { makePlan, type PlanOptions } from './plan.ts';
export { isRestorableKind } from './restorable.ts';
export type { Change, Plan, PlannedStage, Verdict } from './verdict.ts';

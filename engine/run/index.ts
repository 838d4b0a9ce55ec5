export { checkoutStages } from './checkout-stages.ts';
export { commitStages } from './commit-stages.ts';
export { isDone, type Reporter, type RunEvent, type StageOutcome } from './event.ts';
export { engineGroup, isProcessAlive, type ProcessGroup, type StageExit } from './executors/index.ts';
export { type GarbagePlan, planGarbage, removeGarbage } from './garbage.ts';
export { arrangeLock } from './lock-keeper.ts';
export { recover, removeLeftovers } from './recover.ts';
export { failuresOf, type RunOptions, runPipeline } from './run-pipeline.ts';

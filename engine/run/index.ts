export { checkoutStages, type OutOfStage } from './checkout-stages.ts';
export { type CloudStatus, cloudStatus } from './cloud-status.ts';
export { commitStages } from './commit-stages.ts';
export { isDone, type Reporter, type RunEvent, type StageOutcome } from './event.ts';
export { engineGroup, isProcessAlive, type ProcessGroup, type StageExit } from './executors/index.ts';
export {
  type GarbagePlan,
  type NamedObjects,
  namedObjects,
  planGarbage,
  removeGarbage,
} from './garbage.ts';
export { inRemotes } from './in-remotes.ts';
export { arrangeLock } from './lock-keeper.ts';
export { objectErrorText } from './object-error-text.ts';
export { isInPart } from './outs.ts';
export { recover, removeLeftovers } from './recover.ts';
export { removeRemoteGarbage } from './remote-garbage.ts';
export { failuresOf, type RunOptions, runPipeline } from './run-pipeline.ts';
export { type Holder, openRwLock, type RwLock, type StagePaths, stageHeld } from './rw-lock.ts';
export {
  asRemoteDiagnostic,
  failureDiagnostic,
  type TransferReport,
  transferStages,
} from './transfer-stages.ts';
export { type RecordedOut, recordedOuts, type UsedObjects, usedObjects } from './used-objects.ts';

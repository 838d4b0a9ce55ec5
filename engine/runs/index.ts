/**
 * Runs: what is recorded of them, and what that says of the next.
 *
 * @module
 */

export { type Durations, readDurations, rememberDurations } from './durations.ts';
export { type Estimate, type Forecast, forecast } from './forecast.ts';
export { gitHead } from './git-head.ts';
export { createRecorder, type Recorder } from './recorder.ts';
export { type Remaining, remaining } from './remaining.ts';
export {
  type ChangeRecord,
  durationOf,
  type RunRecord,
  type RunResult,
  resultOf,
  runId,
  type StageRecord,
} from './run-record.ts';
export { openRunStore, type RunStore } from './run-store.ts';
export { KEPT, keptLogs, openStageLogs, readStageLog, type StageLogs, UNLIMITED } from './stage-logs.ts';

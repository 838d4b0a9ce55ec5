/**
 * Executors: how a stage's process is started, followed and ended.
 *
 * @module
 */

export { type ModuleJob, startModule } from './module.ts';
export {
  endProcessGroup,
  engineGroup,
  groupsStartedBy,
  hasProcess,
  isProcessAlive,
} from './process-group.ts';
export { type CommandJob, startCommand } from './shell.ts';
export type { ProcessGroup, ProcessUsage, StageExit, StageHooks, StageProcess } from './stage-process.ts';

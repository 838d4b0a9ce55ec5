export {
  type Journal,
  openJournal,
  type Recovery,
  type RunningGroup,
  readJournal,
  type UnfinishedStage,
} from './journal.ts';
export {
  entryFromValue,
  entryToValue,
  type LockAction,
  type LockEntry,
  type LockPath,
  lockPath,
} from './lock-entry.ts';
export { EMPTY_LOCK, type Lockfile, parseLock, renderLock } from './lockfile.ts';

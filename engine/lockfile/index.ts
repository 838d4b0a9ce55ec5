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
  lockPathFrom,
  sourceKeys,
} from './lock-entry.ts';
export {
  EMPTY_LOCK,
  type Lockfile,
  type ProjectLock,
  parseLock,
  renderLock,
  withRecords,
} from './lockfile.ts';
export { removeEntries } from './remove-entries.ts';

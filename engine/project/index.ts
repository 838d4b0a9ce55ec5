export {
  type Config,
  type ConfigDirectories,
  type ConfigEdit,
  type DirectoryRemote,
  dotted,
  editConfig,
  type Layer,
  type Level,
  levelsFrom,
  mergeLayers,
  type OtherRemote,
  type ParsingOptions,
  type RemoteConfig,
  readConfig,
  readLayers,
  type S3Remote,
  type SectionName,
  type Setting,
  type Settings,
} from './config/index.ts';
export { type DirectoryEntry, discover } from './discover.ts';
export { findProject, type Project, stateDirectory } from './find-project.ts';
export { type GitIgnore, openGitIgnore, removeGitIgnoreLine } from './git-ignore.ts';
export { type GitRules, openGitRules } from './git-rules.ts';
export { hasChanges, hasCommits, trackedByGit, untrackedByGit } from './git-tracked.ts';
export {
  type Explanation,
  IGNORE_FILE,
  type IgnoreRules,
  type IsIgnored,
  openIgnoreRules,
} from './ignore/index.ts';
export { makeHome } from './make-home.ts';
export { lockRepository, type RepositoryLock } from './repository-lock.ts';
export {
  activeBranch,
  type RevisionScope,
  type RevisionSelection,
  type SelectedCommit,
  selectRevisions,
} from './revision-list.ts';
export { openRevision, type Revision } from './revisions.ts';
export { saveText } from './save-text.ts';
export { dropSnapshot, readSnapshot, type SnapshotKey, writeSnapshot } from './snapshot.ts';

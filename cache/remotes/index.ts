/**
 * Remotes: places far away that keep objects, and the way there and back.
 *
 * @module
 */

export { type DirectoryRemoteOptions, openDirectoryRemote } from './directory-remote.ts';
export { fetchObjects, fetchTrees } from './fetch.ts';
export { digestOfName, OBJECTS, objectName } from './layout.ts';
export { pushObjects } from './push.ts';
export type { LocalFile, Remote, RemoteFile } from './remote.ts';
export { RemoteError, type RemoteProblem } from './remote-error.ts';
export { fetchRuns, pushRuns } from './run-entries.ts';
export { openS3Remote, type S3RemoteOptions } from './s3-remote.ts';
export {
  presentIn,
  type TransferFailure,
  type TransferOptions,
  type TransferProgress,
  type Transferred,
} from './transfer.ts';

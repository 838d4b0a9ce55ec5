export { checkStageParams, stageParams } from './check-params.ts';
export { type Contents, contentsOf } from './contents.ts';
export { loadManifest, type Pipeline } from './load-pipeline.ts';
export { snapshotPaths } from './snapshot-paths.ts';
export { hashAhead, openWorkspace, type Workspace } from './workspace.ts';

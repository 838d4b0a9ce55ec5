export { checkStageParams, stageParams } from './check-params.ts';
export { type Collected, collectMetrics, collectParams } from './collect-values.ts';
export { compareWithRevision } from './compare-with-revision.ts';
export { type Contents, contentsOf } from './contents.ts';
export { loadManifest, type Pipeline } from './load-pipeline.ts';
export { snapshotPaths } from './snapshot-paths.ts';
export { openVersion, type Version, WORKSPACE } from './version.ts';
export { hashAhead, openWorkspace, type Workspace } from './workspace.ts';

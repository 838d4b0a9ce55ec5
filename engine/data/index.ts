export { addCopy } from './add-copy.ts';
export { type Added, addData } from './add-data.ts';
export { compareData, type DataComparison } from './compare-data.ts';
export { type DataChange, itemOf } from './data-changes.ts';
export { type DataStatus, dataStatus } from './data-status.ts';
export { globPaths } from './glob-paths.ts';
export { moveData } from './move-data.ts';
export { removeTracking } from './remove-tracking.ts';
export type { TrackedItem } from './tracked-data.ts';

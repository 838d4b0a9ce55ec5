export { addCopy } from './add-copy.ts';
export { type Added, addData } from './add-data.ts';
export { globPaths } from './glob-paths.ts';
export { removeTracking } from './remove-tracking.ts';

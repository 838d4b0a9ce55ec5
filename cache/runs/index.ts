export { openRunCache, type RunCache } from './run-cache.ts';
export { runKey, runValue } from './run-identity.ts';

/**
 * `cache/`: content-addressed storage. It knows nothing of pipelines.
 *
 * @module
 */

export * from './core/index.ts';
export {
  ContentError,
  type ContentProblem,
  type ContentState,
  createHasher,
  type Hasher,
  type IsIgnored,
  openStatMemo,
  parseTree,
  type StatMemo,
  type TreeEntry,
  treeBytes,
  treeDigest,
} from './hash/index.ts';
export * from './objects/index.ts';
export * from './remotes/index.ts';
export * from './runs/index.ts';

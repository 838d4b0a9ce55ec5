export { ContentError, type ContentProblem } from './content-error.ts';
export type { ContentState, TreeEntry } from './content-state.ts';
export { hashBatch, type StattedFile } from './hash-batch.ts';
export { createHasher, type Hasher, isExecutable, knownTree } from './hasher.ts';
export { letSettle } from './settled.ts';
export { openStatMemo, type StatMemo } from './stat-memo.ts';
export { parseTree, sortTree, treeBytes, treeDigest } from './tree.ts';
export type { IsIgnored } from './walk.ts';

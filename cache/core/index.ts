export { compareCodePoints } from './code-points.ts';
export { asDigest, type Digest, isDigest, isTreeDigest } from './digest.ts';
export type { FileStat, FileSystem } from './file-system.ts';
export { err, ok, type Result, unreachable } from './result.ts';
export { equalValues, Float, isList, isMap, toPlain, type Value, type ValueList, type ValueMap } from './value.ts';

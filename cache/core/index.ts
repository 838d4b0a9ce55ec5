export { replaceFile, writeFileAtomic, writeFileWhole } from './atomic-write.ts';
export { compareCodePoints } from './code-points.ts';
export { asDigest, bytesDigest, type Digest, isDigest, isTreeDigest } from './digest.ts';
export type { FileHash, FileStat, FileSystem, HashRequest } from './file-system.ts';
export { nodeFileSystem } from './node-file-system.ts';
export { pythonFloat } from './python-float.ts';
export { pythonJson } from './python-json.ts';
export { err, ok, type Result, unreachable } from './result.ts';
export { shareWithGroup } from './shared-file-system.ts';
export { isErrno, isSystemError, type SystemError } from './system-error.ts';
export { isTemporaryName, temporaryName } from './temporary-name.ts';
export {
  equalValues,
  Float,
  isList,
  isMap,
  toPlain,
  type Value,
  type ValueList,
  type ValueMap,
} from './value.ts';
export {
  float,
  parseBlockYaml,
  parseYamlValue,
  type Scalar,
  stringifyYaml,
  YamlError,
} from './yaml/index.ts';

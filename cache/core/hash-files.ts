import type { FileHash, HashRequest } from './file-system.ts';
import { hashFile } from './hash-file.ts';

export function hashFiles(files: readonly HashRequest[]): readonly FileHash[] {
  return files.map((file) => hashFile(file.path));
}

/**
 * Small text inputs, remembered so that `why` can show what changed in them: source files that stages read, and the
 * sources of module stages. Outs need none of this: the cache has them.
 *
 * Beside the cache, not in it: DVC would not know what keeps such an object alive. Nothing depends on it; what is missing
 * is not shown.
 *
 * @module
 */

import { join, relative } from 'node:path';
import { asDigest, type Digest, type FileSystem, replaceFile } from '../../cache/index.ts';
import type { ModuleCode } from '../modules/index.ts';

export interface RememberedInputs {
  /** Remembers a file (absolute path) of this content, if it is small and a text. */
  readonly remember: (path: string, digest: Digest, sizeBytes: number) => void;
  /** Remembers the sources that a fingerprint came from. */
  readonly rememberCode: (code: ModuleCode) => void;
  readonly read: (digest: Digest) => Buffer | undefined;
  /** Path from the root to digest, for the sources of a fingerprint. */
  readonly sourcesOf: (code: string) => ReadonlyMap<string, Digest> | undefined;
}

const LARGEST_BYTES = 64 * 1024;

export function openRememberedInputs(fs: FileSystem, root: string, state: string): RememberedInputs {
  const contentPath = (digest: string): string => join(state, 'inputs', digest.slice(0, 2), digest.slice(2));
  const codePath = (code: string): string => join(state, 'inputs', 'code', code);
  const remember = (path: string, digest: Digest, sizeBytes: number): void => {
    const target = contentPath(digest);
    if (sizeBytes > LARGEST_BYTES || fs.lstat(target) !== undefined) return;
    const bytes = fs.readFile(path);
    if (!bytes.includes(0)) replaceFile(fs, target, bytes);
  };
  const rememberCode = ({ code, inputs }: ModuleCode): void => {
    const target = codePath(code);
    if (fs.lstat(target) !== undefined) return;
    const sources = inputs.flatMap((path) => {
      const stat = fs.stat(path);
      if (stat?.kind !== 'file' || stat.sizeBytes > LARGEST_BYTES) return [];
      const { digest, sizeBytes } = fs.hashFile(path);
      remember(path, digest, sizeBytes);
      return [[relative(root, path), digest] as const];
    });
    replaceFile(fs, target, JSON.stringify(sources));
  };
  return {
    remember,
    rememberCode,
    read: (digest) => {
      const path = contentPath(digest);
      return fs.stat(path) !== undefined && fs.hashFile(path).digest === digest
        ? fs.readFile(path)
        : undefined;
    },
    sourcesOf: (code) => {
      const text = readIfThere(fs, codePath(code))?.toString('utf8');
      return text === undefined ? undefined : parseSources(text);
    },
  };
}

const readIfThere = (fs: FileSystem, path: string): Buffer | undefined =>
  fs.stat(path)?.kind === 'file' ? fs.readFile(path) : undefined;

/** @returns Undefined for what a power cut left of the file. */
function parseSources(text: string): ReadonlyMap<string, Digest> | undefined {
  try {
    const pairs = JSON.parse(text) as readonly (readonly [string, string])[];
    return new Map(pairs.map(([path, digest]) => [path, asDigest(digest)]));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

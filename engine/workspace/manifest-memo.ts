/**
 * Remembers what a large manifest resolves to: reading thousands of stages with their places is most of what a plan costs.
 *
 * The stages are a function of the texts that were read (the manifest, the params file, `vars` files), of the config, of this code and of where the project is; the
 * memo names each text by its digest, and holds while all of them are the same.
 *
 * @module
 */

import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { deserialize, serialize } from 'node:v8';
import { type FileSystem, Float, isList, isMap, replaceFile, type Value } from '../../cache/index.ts';
import type { ParsingOptions } from '../project/index.ts';
import type { ResolvedManifest } from '../template/index.ts';

/** Path to text; undefined where there is no such file. */
export type Texts = ReadonlyMap<string, string | undefined>;

export interface ManifestMemo {
  /** @param path Of a manifest. @param read The text of a file now. */
  readonly recall: (path: string, read: (path: string) => string | undefined) => ResolvedManifest | undefined;
  /** Where the manifest is large. */
  readonly remember: (path: string, resolved: ResolvedManifest, texts: Texts) => void;
  /** Writes what is new. */
  readonly save: () => void;
}

/** Below this a manifest is read faster than its memo. */
const SMALLEST_BYTES = 64 * 1024;
const FILE_NAME = 'manifest-memo';
const DIGEST_BYTES = 32;

interface Remembered {
  readonly key: string;
  readonly manifests: ReadonlyMap<string, RememberedManifest>;
}

interface RememberedManifest {
  readonly texts: ReadonlyMap<string, string | undefined>;
  readonly resolved: ResolvedManifest;
}

/** Nothing is written where the state directory does not exist yet. */
export function openManifestMemo(fs: FileSystem, state: string, parsing?: ParsingOptions): ManifestMemo {
  const key = [ourBuild(fs), state, parsing?.bool, parsing?.list].join(' ');
  const file = join(state, FILE_NAME);
  let loaded: ReadonlyMap<string, RememberedManifest> | undefined;
  const known = (): ReadonlyMap<string, RememberedManifest> => (loaded ??= load(fs, file, key));
  const fresh = new Map<string, RememberedManifest>();
  return {
    recall: (path, read) => {
      const remembered = known().get(path);
      if (remembered === undefined) return undefined;
      const isSame = [...remembered.texts].every(([each, digest]) => digestOf(read(each)) === digest);
      return isSame ? remembered.resolved : undefined;
    },
    remember: (path, resolved, texts) => {
      const size = Math.max(...[...texts.values()].map((text) => text?.length ?? 0));
      if (size < SMALLEST_BYTES || hasFloats(resolved)) return;
      const digests = new Map([...texts].map(([each, text]) => [each, digestOf(text)]));
      fresh.set(path, { texts: digests, resolved });
    },
    save: () => {
      if (fresh.size === 0 || fs.stat(state) === undefined) return;
      const content: Remembered = { key, manifests: new Map([...known(), ...fresh]) };
      const bytes = serialize(content);
      replaceFile(fs, file, Buffer.concat([sha256(bytes), bytes]));
    },
  };
}

function load(fs: FileSystem, file: string, key: string): ReadonlyMap<string, RememberedManifest> {
  if (fs.stat(file)?.kind !== 'file') return new Map();
  const remembered = decode(fs.readFile(file));
  return remembered?.key === key ? remembered.manifests : new Map();
}

/** Another build of this code may resolve otherwise. Its file is written anew each time. */
function ourBuild(fs: FileSystem): string {
  const file = fileURLToPath(import.meta.url);
  return `${file} ${String(fs.stat(file)?.mtimeNs)}`;
}

const sha256 = (bytes: Uint8Array | string): Buffer => createHash('sha256').update(bytes).digest();

const digestOf = (text: string | undefined): string | undefined =>
  text === undefined ? undefined : sha256(text).toString('hex');

/** @returns Undefined for what a crash or another hand left. */
function decode(file: Buffer): Remembered | undefined {
  const bytes = file.subarray(DIGEST_BYTES);
  if (!sha256(bytes).equals(file.subarray(0, DIGEST_BYTES))) return undefined;
  return deserialize(bytes) as Remembered;
}

/** A `Float` is an object of a class, which a structured clone forgets. */
function hasFloats({ stages, plots }: ResolvedManifest): boolean {
  const values = stages.flatMap(({ action, meta, outs }): readonly (Value | undefined)[] => [
    action.kind === 'module' ? action.with : undefined,
    meta,
    ...outs.flatMap((out) => [out.meta, out.plot]),
  ]);
  return [...values, ...plots.map(({ options }) => options)].some(
    (value) => value !== undefined && hasFloat(value),
  );
}

function hasFloat(value: Value): boolean {
  if (isList(value)) return value.some(hasFloat);
  if (isMap(value)) return [...value.values()].some(hasFloat);
  return value instanceof Float;
}

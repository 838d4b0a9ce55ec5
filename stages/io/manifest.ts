/**
 * `manifest.json` of a model directory: what the model is made of and from.
 *
 * It names every other file of the directory by its SHA-256: a directory that was cut short or mixed from two is
 * refused.
 *
 * @module
 */

import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { StageFailure } from 'dvc-like/stage';
import type { FeatureSettings } from '../learn/features/index.ts';
import type { UnicodeForm } from '../learn/html/index.ts';
import type { FitSettings, LabelSettings } from '../learn/tagger/index.ts';
import { readVersioned, writeJson } from './json.ts';
import { PACKAGE } from './package.ts';

export interface Manifest {
  /** Package name to version. */
  readonly packages: Readonly<Record<string, string>>;
  /** The training months, both included. */
  readonly months: { readonly from: string; readonly to: string };
  readonly size: { readonly questions: number; readonly tags: number; readonly columns: number };
  /** The recipe: parameters by stage, enough to fit the same again. */
  readonly params: ModelSettings & {
    readonly labels: LabelSettings;
    readonly featurize: FeatureSettings;
  };
  readonly convergence: {
    /** Of the tag, and the classifier, that needed the most. */
    readonly most_iterations: number;
    /** Tags of which a fit stopped early, by name. */
    readonly unconverged: readonly string[];
  };
  /** File name to SHA-256, hexadecimal. */
  readonly digests: Readonly<Record<string, string>>;
}

/** What a model was fitted by, once labels and features were there; and how the text of its questions was made. */
export interface ModelSettings extends FitSettings {
  readonly clean: { readonly unicode_form: UnicodeForm };
}

const FORMAT = 'dvc-like/model';
const VERSION = 6;
const FILE = 'manifest.json';

/** SHA-256, hexadecimal, of the manifest, which has the digests of all else. */
export const modelId = (directory: string): string => digestOf(join(directory, FILE));

/** Digests the named files of the directory, and writes the manifest last: without it, it is no model. */
export function writeManifest(
  directory: string,
  files: readonly string[],
  facts: Omit<Manifest, 'packages' | 'digests'>,
): void {
  const digests = Object.fromEntries(files.map((file) => [file, digestOf(join(directory, file))]));
  const packages = { [PACKAGE.name]: PACKAGE.version };
  writeJson(join(directory, FILE), { format: FORMAT, version: VERSION, packages, ...facts, digests });
}

/**
 * @param path The manifest, or the directory that it stands in.
 * @throws {StageFailure} If there is none, or one of another format or version.
 */
export function readManifest(path: string): Manifest {
  const file = statSync(path).isDirectory() ? join(path, FILE) : path;
  if (!existsSync(file)) throw new StageFailure(`Cannot use the model "${path}": there is no ${FILE} in it`);
  return readVersioned(file, FORMAT, VERSION) as Manifest;
}

/** @throws {StageFailure} If a file of the model is not the one that its manifest names. */
export function verifyModel(directory: string, { digests }: Manifest): void {
  for (const [file, digest] of Object.entries(digests)) {
    const path = join(directory, file);
    if (!existsSync(path))
      throw new StageFailure(`Cannot use the model "${directory}": "${file}" is missing`);
    if (digestOf(path) === digest) continue;
    throw new StageFailure(
      `Cannot use the model "${directory}": "${file}" is not the file that its manifest names`,
    );
  }
}

const digestOf = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');

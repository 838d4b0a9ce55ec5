/**
 * A fitted featurizer: an `.arrays` file of kind `featurizer`.
 *
 * Its meta has the `version` of this form, the `settings`, and for each block the `terms` of its columns, in order. The
 * array `idf.0` (f64) is there where the first block uses idf, and so on.
 *
 * @module
 */

import { StageFailure } from 'dvc-like/stage';
import {
  type FeatureSettings,
  type Featurizer,
  type FittedBlock,
  type TfidfSettings,
  toTfidfParams,
} from '../learn/features/index.ts';
import { modelParams } from '../learn/text/index.ts';
import { type NumericArray, readArrays, writeArrays } from './arrays.ts';

const KIND = 'featurizer';
const VERSION = 1;

interface Meta {
  readonly version: number;
  readonly settings: FeatureSettings;
  readonly blocks: readonly BlockMeta[];
}

interface BlockMeta {
  readonly terms: readonly string[];
}

export function writeVectorizer(path: string, { settings, blocks }: Featurizer): void {
  const arrays: Record<string, NumericArray> = {};
  for (const [i, { model }] of blocks.entries()) if (model.idf !== undefined) arrays[`idf.${i}`] = model.idf;
  const metas = blocks.map(({ model: { terms } }): BlockMeta => ({ terms }));
  const meta: Meta = { version: VERSION, settings, blocks: metas };
  writeArrays(path, { kind: KIND, meta: { ...meta }, arrays });
}

/** @throws {StageFailure} If the file holds no featurizer, one of another version, or a number that is not finite. */
export function readVectorizer(path: string): Featurizer {
  const { meta, arrays } = readArrays(path, KIND);
  const refuse = (why: string): never => {
    throw new StageFailure(`Cannot read "${path}": ${why}`, { hint: 'run the stage that makes it again' });
  };
  const { version, settings, blocks } = meta as Partial<Meta>;
  if (version !== VERSION) refuse(`its version is ${String(version)}, this program reads ${VERSION}`);
  if (!Array.isArray(settings?.blocks) || !Array.isArray(blocks) || settings.blocks.length !== blocks.length)
    return refuse('it has no list of blocks');
  const read = settings.blocks.map(
    (block, i) =>
      readBlock(block, blocks[i] as BlockMeta, arrays[`idf.${i}`]) ??
      refuse(`block ${i} is not what its settings say`),
  );
  return { settings, blocks: read };
}

function readBlock(
  settings: TfidfSettings,
  { terms }: BlockMeta,
  idf: NumericArray | undefined,
): FittedBlock | undefined {
  const { tokens, weights } = modelParams(toTfidfParams(settings));
  if (!Array.isArray(terms) || (idf === undefined) === weights.useIdf) return undefined;
  if (idf === undefined) return { kind: 'tfidf', settings, model: { tokens, weights, terms, idf } };
  if (!(idf instanceof Float64Array && idf.length === terms.length && idf.every(Number.isFinite)))
    return undefined;
  return { kind: 'tfidf', settings, model: { tokens, weights, terms, idf } };
}

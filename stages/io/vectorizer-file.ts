/**
 * A fitted featurizer: an `.arrays` file of kind `featurizer`.
 *
 * Its meta has the `version` of this form, the `settings`, and for each block what was learned: the `terms` of its
 * columns in order, or the `classes` whose names it looks for. The array `idf.0` (f64) is there where the first block
 * uses idf, and so on. With LSA there are `lsa.loadings` (f64, columns of all blocks x components, row by row) and
 * `lsa.singular_values` (f64, components).
 *
 * @module
 */

import { StageFailure } from 'dvc-like/stage';
import {
  type BlockSettings,
  type FeatureSettings,
  type Featurizer,
  type FittedBlock,
  stackedColumns,
  toTfidfModel,
} from '../learn/features/index.ts';
import { type NumericArray, readArrays, writeArrays } from './arrays.ts';

const KIND = 'featurizer';
const VERSION = 2;
const LOADINGS = 'lsa.loadings';
const SINGULAR_VALUES = 'lsa.singular_values';

interface Meta {
  readonly version: number;
  readonly settings: FeatureSettings;
  readonly blocks: readonly BlockMeta[];
}

interface BlockMeta {
  readonly terms?: readonly string[];
  readonly classes?: readonly string[];
}

export function writeVectorizer(path: string, { settings, blocks, lsa }: Featurizer): void {
  const arrays: Record<string, NumericArray> = {};
  const metas = blocks.map((block, i): BlockMeta => {
    if (block.kind === 'tag_names') return { classes: block.classes };
    const { terms, idf } = block.model;
    if (idf !== undefined) arrays[`idf.${i}`] = idf;
    return { terms };
  });
  if (lsa !== null) {
    arrays[LOADINGS] = lsa.loadings;
    arrays[SINGULAR_VALUES] = lsa.singularValues;
  }
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
    (block: BlockSettings, i) =>
      readBlock(block, blocks[i] as BlockMeta, arrays[`idf.${i}`]) ??
      refuse(`its block ${i} is not as its settings say`),
  );
  const lsa = readLsa(settings, stackedColumns(read), arrays);
  return lsa === undefined
    ? refuse('its components are not as its settings say')
    : { settings, blocks: read, lsa };
}

/** Undefined where it is not what the settings ask for. */
function readLsa(
  { kind = 'tfidf', lsa }: FeatureSettings,
  columns: number,
  { [LOADINGS]: loadings, [SINGULAR_VALUES]: singularValues }: Readonly<Record<string, NumericArray>>,
): Featurizer['lsa'] | undefined {
  if (kind === 'tfidf') return loadings === undefined && singularValues === undefined ? null : undefined;
  const components = lsa?.n_components ?? 0;
  const isValid =
    loadings instanceof Float64Array &&
    singularValues instanceof Float64Array &&
    singularValues.length === components &&
    loadings.length === columns * components &&
    loadings.every(Number.isFinite);
  return isValid ? { components, columns, loadings, singularValues } : undefined;
}

function readBlock(
  settings: BlockSettings,
  { terms, classes }: BlockMeta,
  idf: NumericArray | undefined,
): FittedBlock | undefined {
  if (settings.kind === 'tag_names')
    return Array.isArray(classes) ? { kind: 'tag_names', settings, classes } : undefined;
  if (!Array.isArray(terms) || !isIdf(idf, terms.length)) return undefined;
  const model = toTfidfModel(settings, { terms, idf });
  return model.weights.useIdf === (idf !== undefined) ? { kind: 'tfidf', settings, model } : undefined;
}

const isIdf = (idf: NumericArray | undefined, terms: number): idf is Float64Array | undefined =>
  idf === undefined ||
  (idf instanceof Float64Array && idf.length === terms && idf.every((value) => Number.isFinite(value)));

/**
 * Questions to features: blocks fitted one by one, and stacked.
 *
 * @module
 */

import { fitTruncatedSvd, projectRows, type TruncatedSvd } from '../decomposition/index.ts';
import type { Csr } from '../sparse/index.ts';
import { fitTfidf, type TfidfModel, type TfidfParams, tfidfTransformer } from '../text/index.ts';
import { documentOf, type Fields } from './fields.ts';
import {
  type BlockSettings,
  type FeatureSettings,
  type TagNamesSettings,
  type TfidfSettings,
  toTfidfParams,
} from './settings.ts';
import { normalizeRows, stackColumns } from './stack.ts';
import { tagNameFinder } from './tag-names.ts';

/** What was learned, with what is needed to apply it. */
export interface Featurizer {
  readonly settings: FeatureSettings;
  /** Each by its settings, in their order. */
  readonly blocks: readonly FittedBlock[];
  /** Of the stacked blocks; null where the settings ask for none. */
  readonly lsa: TruncatedSvd | null;
}

export type FittedBlock =
  | { readonly kind: 'tfidf'; readonly settings: TfidfSettings; readonly model: TfidfModel }
  | { readonly kind: 'tag_names'; readonly settings: TagNamesSettings; readonly classes: readonly string[] };

/** Shape (questions, columns of the featurizer). */
export type Transformer = (questions: readonly Fields[]) => Csr;

/** @throws {RangeError} If a block's settings do not go together; the message begins with the key: `blocks.0.stemmer`. */
export function checkSettings({ blocks, kind = 'tfidf', lsa }: FeatureSettings): void {
  if (kind !== 'tfidf' && lsa === undefined)
    throw new RangeError(`kind is "${kind}": it needs lsa, and there is none`);
  for (const [i, block] of blocks.entries()) if (block.kind === 'tfidf') paramsOf(block, i);
}

/**
 * @param classes The labels that the features are for.
 * @returns The featurizer, and the rows of these questions.
 * @throws {RangeError} As `checkSettings`, or if no term is left in a block, or there are fewer questions or columns than
 *   components; the message begins with its place: `blocks.0`.
 */
export function fitFeaturizer(
  settings: FeatureSettings,
  questions: readonly Fields[],
  classes: readonly string[],
): { readonly featurizer: Featurizer; readonly matrix: Csr } {
  checkSettings(settings);
  const fitted = settings.blocks.map((block, i) => fitBlock(block, i, questions, classes));
  const blocks = fitted.map(({ block }) => block);
  const stacked = stack(
    settings,
    fitted.map(({ matrix }) => matrix),
  );
  const featurizer: Featurizer = { settings, blocks, lsa: fitLsa(settings, stacked) };
  return { featurizer, matrix: withComponents(featurizer, stacked) };
}

/** The rows of questions by what was learned. */
export const transformFeatures = (featurizer: Featurizer, questions: readonly Fields[]): Csr =>
  createTransformer(featurizer)(questions);

/** `transformFeatures` made ready once: for a question at a time. */
export function createTransformer(featurizer: Featurizer): Transformer {
  const transformers = featurizer.blocks.map(blockTransformer);
  return (questions) => {
    const parts = transformers.map((transform) => transform(questions));
    return withComponents(featurizer, stack(featurizer.settings, parts));
  };
}

export function columnsOf({ settings: { kind = 'tfidf' }, blocks, lsa }: Featurizer): number {
  const components = lsa?.components ?? 0;
  return kind === 'lsa' ? components : stackedColumns(blocks) + components;
}

/** Of all blocks. */
export const stackedColumns = (blocks: readonly FittedBlock[]): number =>
  blocks.reduce((sum, block) => sum + blockColumns(block), 0);

const blockColumns = (block: FittedBlock): number =>
  block.kind === 'tfidf' ? block.model.terms.length : block.settings.fields.length * block.classes.length;

function stack({ blocks, normalize = null }: FeatureSettings, parts: readonly Csr[]): Csr {
  const stacked = stackColumns(
    parts,
    blocks.map(({ weight = 1 }) => weight),
  );
  return normalize === null ? stacked : normalizeRows(stacked);
}

function fitLsa({ kind = 'tfidf', lsa }: FeatureSettings, X: Csr): TruncatedSvd | null {
  if (kind === 'tfidf' || lsa === undefined) return null;
  const { n_components: components, n_iter: iterations, seed } = lsa;
  return at('lsa.', () => fitTruncatedSvd({ components, iterations, seed }, X));
}

/** The components of stacked rows in their place, or behind them, as the settings say. */
function withComponents({ settings, lsa }: Featurizer, stacked: Csr): Csr {
  if (lsa === null) return stacked;
  const projected = projectRows(lsa, stacked);
  const components = settings.lsa?.normalize === 'l2' ? normalizeRows(projected) : projected;
  return settings.kind === 'lsa' ? components : stackColumns([stacked, components], [1, 1]);
}

interface Fitted {
  readonly block: FittedBlock;
  /** Not yet weighted. */
  readonly matrix: Csr;
}

function fitBlock(
  settings: BlockSettings,
  place: number,
  questions: readonly Fields[],
  classes: readonly string[],
): Fitted {
  if (settings.kind === 'tag_names') {
    const block: FittedBlock = { kind: 'tag_names', settings, classes };
    return { block, matrix: blockTransformer(block)(questions) };
  }
  const params = paramsOf(settings, place);
  const { model, matrix } = at(`blocks.${place} (${settings.fields.join(', ')}): `, () =>
    fitTfidf(params, documentsOf(questions, settings)),
  );
  return { block: { kind: 'tfidf', settings, model }, matrix };
}

const paramsOf = (settings: TfidfSettings, place: number): TfidfParams =>
  at(`blocks.${place}.`, () => toTfidfParams(settings));

function at<T>(place: string, body: () => T): T {
  try {
    return body();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new RangeError(`${place}${error.message}`, { cause: error });
  }
}

function blockTransformer(block: FittedBlock): Transformer {
  if (block.kind === 'tag_names') return tagNameFinder(block.settings.fields, block.classes);
  const transform = tfidfTransformer(block.model);
  return (questions) => transform(documentsOf(questions, block.settings));
}

const documentsOf = (questions: readonly Fields[], { fields }: TfidfSettings): readonly string[] =>
  questions.map((question) => documentOf(question, fields));

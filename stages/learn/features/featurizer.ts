/**
 * Questions to features: blocks fitted one by one, and stacked.
 *
 * @module
 */

import type { Csr } from '../sparse/index.ts';
import { fitTfidf, type TfidfModel, tfidfTransformer } from '../text/index.ts';
import {
  type BlockSettings,
  documentOf,
  type FeatureSettings,
  type Fields,
  type TfidfSettings,
  toTfidfParams,
} from './settings.ts';
import { stackColumns } from './stack.ts';

/** What was learned, with what is needed to apply it. */
export interface Featurizer {
  readonly settings: FeatureSettings;
  /** In the order of the settings. */
  readonly blocks: readonly FittedBlock[];
}

export interface FittedBlock {
  readonly kind: 'tfidf';
  readonly settings: TfidfSettings;
  readonly model: TfidfModel;
}

/** Shape (questions, columns of the featurizer). */
export type Transformer = (questions: readonly Fields[]) => Csr;

/**
 * @param classes The labels that the features are for.
 * @returns The featurizer, and the rows of these questions.
 * @throws {RangeError} If a block's settings do not go together, or it has no column. The message begins with the
 *   block's place: `blocks.0`.
 */
export function fitFeaturizer(
  settings: FeatureSettings,
  questions: readonly Fields[],
  classes: readonly string[],
): { readonly featurizer: Featurizer; readonly matrix: Csr } {
  const fitted = settings.blocks.map((block, i) => {
    try {
      return fitBlock(block, questions, classes);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      throw new RangeError(`blocks.${i}: ${error.message}`, { cause: error });
    }
  });
  const featurizer = { settings, blocks: fitted.map(({ block }) => block) };
  return {
    featurizer,
    matrix: stack(
      featurizer,
      fitted.map(({ matrix }) => matrix),
    ),
  };
}

/** The rows of questions by what was learned. */
export const transformFeatures = (featurizer: Featurizer, questions: readonly Fields[]): Csr =>
  createTransformer(featurizer)(questions);

/** `transformFeatures` made ready once: for a question at a time. */
export function createTransformer(featurizer: Featurizer): Transformer {
  const transformers = featurizer.blocks.map(blockTransformer);
  return (questions) =>
    stack(
      featurizer,
      transformers.map((transform) => transform(questions)),
    );
}

export const columnsOf = (featurizer: Featurizer): number =>
  featurizer.blocks.reduce((sum, { model }) => sum + model.terms.length, 0);

const stack = ({ settings }: Featurizer, parts: readonly Csr[]): Csr =>
  stackColumns(
    parts,
    settings.blocks.map(({ weight = 1 }) => weight),
  );

function fitBlock(
  settings: BlockSettings,
  questions: readonly Fields[],
  _classes: readonly string[],
): { readonly block: FittedBlock; readonly matrix: Csr } {
  const { model, matrix } = fitTfidf(toTfidfParams(settings), documentsOf(questions, settings));
  return { block: { kind: 'tfidf', settings, model }, matrix };
}

function blockTransformer({ settings, model }: FittedBlock): Transformer {
  const transform = tfidfTransformer(model);
  return (questions) => transform(documentsOf(questions, settings));
}

const documentsOf = (questions: readonly Fields[], { fields }: TfidfSettings): readonly string[] =>
  questions.map((question) => documentOf(question, fields));

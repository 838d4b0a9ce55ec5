/**
 * Questions to features: several blocks of columns, side by side.
 *
 * @module
 */

export {
  checkSettings,
  columnsOf,
  createTransformer,
  type Featurizer,
  type FittedBlock,
  fitFeaturizer,
  stackedColumns,
  type Transformer,
  transformFeatures,
} from './featurizer.ts';
export { documentOf, type Field, type Fields, textOf } from './fields.ts';
export {
  type BlockSettings,
  type FeatureSettings,
  type LsaSettings,
  type TagNamesSettings,
  type TfidfSettings,
  toTfidfModel,
} from './settings.ts';
export { tagNameFinder } from './tag-names.ts';

/**
 * Questions to features: several blocks of columns, side by side.
 *
 * @module
 */

export {
  columnsOf,
  createTransformer,
  type Featurizer,
  type FittedBlock,
  fitFeaturizer,
  type Transformer,
  transformFeatures,
} from './featurizer.ts';
export {
  type BlockSettings,
  type FeatureSettings,
  type Field,
  type Fields,
  type TfidfSettings,
  toTfidfParams,
} from './settings.ts';

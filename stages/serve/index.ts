/**
 * The model at work: questions in, tags out, over HTTP or from a command line.
 *
 * @module
 */

export { startServer } from './server.ts';
export { apiKeysOf, DEFAULT_LIMITS, type ServerSettings } from './settings.ts';
export { explainTag, type TagFacts } from './tagging/explain-tag.ts';
export {
  createPredictor,
  type Prediction,
  type PredictOptions,
  type TagPrediction,
} from './tagging/predict.ts';
export { openModel, type ServingModel } from './tagging/serving-model.ts';

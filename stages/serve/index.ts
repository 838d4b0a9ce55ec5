/**
 * The model at work: questions in, tags out, over HTTP or from a command line.
 *
 * @module
 */

export { type RunningServer, type ServerOptions, startServer } from './server.ts';
export { explainTag, type TagFacts } from './tagging/explain-tag.ts';
export type { Prediction, PredictOptions, TagPrediction } from './tagging/predict.ts';
export { openModel, type ServingModel } from './tagging/serving-model.ts';

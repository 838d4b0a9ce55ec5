/**
 * A tagger: labels, features and a classifier as one thing, fitted, applied and scored alike in training, evaluation
 * and serving.
 *
 * @module
 */

export { type ChosenLabels, chooseLabels } from './labels.ts';
export { documentOf, type FeatureSettings, type Field, type Fields, type LabelSettings, toTfidfParams } from './settings.ts';

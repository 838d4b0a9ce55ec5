/**
 * Classifiers of every kind behind one door: settings in, a fitted classifier out, scores from it.
 *
 * @module
 */

export { type Classifier, type ClassifierFit, createScorer, scoreClassifier } from './classifier.ts';
export { fitClassifier } from './fit.ts';
export { type ClassifierSettings, mostFeatures } from './settings.ts';

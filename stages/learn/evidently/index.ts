/**
 * Drift as Evidently 0.7.23 sees it: its methods, its choice among them, its thresholds.
 *
 * @module
 */

export { type CategoricalColumn, type Column, type NumericalColumn, numericalColumn } from './column.ts';
export { type DriftScore, defaultMethod, type MethodName, methodNamed, scoreDrift } from './methods.ts';
export { type DomainClassifier, fitDomainClassifier, scoreTextDrift, type TextDrift } from './text.ts';

/**
 * The calibration of all labels of a model.
 *
 * A label with few rows says little about the shape of its curve: all labels with fewer than `min_support` share one.
 *
 * @module
 */

import type { LabelMatrix } from '../labels/index.ts';
import { applyIsotonic, fitIsotonic, type IsotonicModel } from './isotonic.ts';
import { applyPlatt, fitPlatt, type PlattModel } from './platt.ts';

export interface CalibrationSettings {
  readonly kind: 'platt' | 'isotonic';
  /** At least 1: labels of fewer rows share one curve. */
  readonly min_support: number;
}

/** What was learned: a curve for each label, in their order. Those that share one hold the same object. */
export type Calibration =
  | { readonly kind: 'platt'; readonly curves: readonly PlattModel[] }
  | { readonly kind: 'isotonic'; readonly curves: readonly IsotonicModel[] };

/**
 * @param scores Shape (rows, labels), row by row, finite, by a classifier that has not seen the row.
 * @param Y Shape (rows, labels), at least one row.
 * @throws {RangeError} If the shapes differ, there is no row or a score is not finite.
 */
export function fitCalibration(
  settings: CalibrationSettings,
  scores: Float64Array,
  Y: LabelMatrix,
): Calibration {
  if (scores.length !== Y.rows * Y.labels) {
    throw new RangeError(`${scores.length} scores, not of shape (${Y.rows}, ${Y.labels})`);
  }
  const { kind } = settings;
  switch (kind) {
    case 'platt':
      return { kind, curves: fitCurves(settings, scores, Y, fitPlatt) };
    case 'isotonic':
      return { kind, curves: fitCurves(settings, scores, Y, fitIsotonic) };
  }
}

function fitCurves<Curve>(
  { min_support }: CalibrationSettings,
  scores: Float64Array,
  Y: LabelMatrix,
  fit: (scores: Float64Array, labels: Uint8Array) => Curve,
): readonly Curve[] {
  const support = new Uint32Array(Y.labels);
  for (const label of Y.indices) support[label]!++;
  const truth = new Uint8Array(Y.rows * Y.labels);
  for (let row = 0; row < Y.rows; row++) {
    for (let k = Y.indptr[row]!; k < Y.indptr[row + 1]!; k++) truth[row * Y.labels + Y.indices[k]!] = 1;
  }
  const all = Array.from({ length: Y.labels }, (_, label) => label);
  const rare = all.filter((label) => support[label]! < min_support);
  const curveOf = (labels: readonly number[]): Curve => {
    const cells = { true: [] as number[], false: [] as number[] };
    for (const label of labels) {
      for (let cell = label; cell < truth.length; cell += Y.labels) {
        cells[truth[cell] === 1 ? 'true' : 'false'].push(scores[cell]!);
      }
    }
    // In an order that does not depend on that of the labels: sums are then the same to the bit.
    const trues = Float64Array.from(cells.true).sort();
    const falses = Float64Array.from(cells.false).sort();
    const sorted = new Float64Array(trues.length + falses.length);
    sorted.set(trues);
    sorted.set(falses, trues.length);
    return fit(sorted, new Uint8Array(sorted.length).fill(1, 0, trues.length));
  };
  const shared = rare.length === 0 ? undefined : curveOf(rare);
  return all.map((label) => (support[label]! < min_support ? shared! : curveOf([label])));
}

/**
 * @param scores Shape (rows, labels), row by row.
 * @returns The same shape: the probability that the row has the label.
 * @throws {RangeError} If the scores are not of so many labels.
 */
export function applyCalibration(calibration: Calibration, scores: Float64Array): Float64Array {
  const labels = calibration.curves.length;
  if (labels === 0 ? scores.length > 0 : scores.length % labels !== 0) {
    throw new RangeError(`${scores.length} scores are not of ${labels} labels`);
  }
  const probabilities = new Float64Array(scores.length);
  for (let i = 0; i < scores.length; i++) {
    const label = i % labels;
    probabilities[i] =
      calibration.kind === 'platt'
        ? applyPlatt(calibration.curves[label]!, scores[i]!)
        : applyIsotonic(calibration.curves[label]!, scores[i]!);
  }
  return probabilities;
}

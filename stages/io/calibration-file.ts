/**
 * A calibration: an `.arrays` file of kind `calibration`.
 *
 * Its meta has the `version` of this form, the `kind` of the curves, and `curve_of`: for each tag, in the order of
 * `labels.json`, the number of its curve; rare tags have one together. Kind `platt`: `slopes` and `intercepts` f64
 * (curves). Kind `isotonic`: `scores` and `probabilities` f64, the corners of all curves behind each other; those of
 * curve `c` begin at `starts[c]` and end before `starts[c + 1]` (u32).
 *
 * @module
 */

import { StageFailure } from 'dvc-like/stage';
import type { Calibration } from '../learn/calibration/index.ts';
import { type NumericArray, readArrays, writeArrays } from './arrays.ts';

const KIND = 'calibration';
const VERSION = 1;

export function writeCalibration(path: string, calibration: Calibration): void {
  const distinct: readonly unknown[] = [...new Set<unknown>(calibration.curves)];
  const curve_of = calibration.curves.map((curve) => distinct.indexOf(curve));
  const meta = { version: VERSION, kind: calibration.kind, curve_of };
  writeArrays(path, { kind: KIND, meta, arrays: arraysOf(calibration) });
}

function arraysOf(calibration: Calibration): Readonly<Record<string, NumericArray>> {
  if (calibration.kind === 'platt') {
    const curves = [...new Set(calibration.curves)];
    return {
      slopes: Float64Array.from(curves, ({ slope }) => slope),
      intercepts: Float64Array.from(curves, ({ intercept }) => intercept),
    };
  }
  const curves = [...new Set(calibration.curves)];
  const starts = new Uint32Array(curves.length + 1);
  curves.forEach(({ scores }, c) => {
    starts[c + 1] = starts[c]! + scores.length;
  });
  return {
    scores: Float64Array.from(curves.flatMap(({ scores }) => [...scores])),
    probabilities: Float64Array.from(curves.flatMap(({ probabilities }) => [...probabilities])),
    starts,
  };
}

/** @throws {StageFailure} If the file holds no calibration of so many tags. */
export function readCalibration(path: string, labels: number): Calibration {
  const { meta, arrays } = readArrays(path, KIND);
  const refuse = (): never => {
    throw new StageFailure(`Cannot read "${path}": it is not a calibration of ${labels} tags`, {
      hint: 'run the stage that makes it again',
    });
  };
  const { version, kind, curve_of } = meta;
  if (version !== VERSION) {
    throw new StageFailure(
      `Cannot read "${path}": its version is ${String(version)}, this program reads ${VERSION}`,
    );
  }
  if (!Array.isArray(curve_of) || curve_of.length !== labels) return refuse();
  const spread = <Curve>(curves: readonly Curve[]): readonly Curve[] =>
    curve_of.map((c) => curves[c as number] ?? refuse());
  if (kind === 'platt') {
    const { slopes, intercepts } = arrays;
    if (!areFinite(slopes) || !areFinite(intercepts) || slopes.length !== intercepts.length) return refuse();
    return {
      kind,
      curves: spread(Array.from(slopes, (slope, c) => ({ slope, intercept: intercepts[c]! }))),
    };
  }
  const { scores, probabilities, starts } = arrays;
  const isValid =
    kind === 'isotonic' &&
    areFinite(scores) &&
    areFinite(probabilities) &&
    scores.length === probabilities.length &&
    starts instanceof Uint32Array &&
    starts.every((at, c) => (c === 0 ? at === 0 : at > starts[c - 1]!)) &&
    starts.at(-1) === scores.length;
  if (!isValid) return refuse();
  const curves = Array.from(starts.subarray(1), (end, c) => ({
    scores: scores.subarray(starts[c], end),
    probabilities: probabilities.subarray(starts[c], end),
  }));
  return { kind, curves: spread(curves) };
}

const areFinite = (array: NumericArray | undefined): array is Float64Array =>
  array instanceof Float64Array && array.every(Number.isFinite);

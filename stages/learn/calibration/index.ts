/**
 * From scores to probabilities.
 *
 * @module
 */

export {
  applyCalibration,
  type Calibration,
  type CalibrationSettings,
  fitCalibration,
} from './calibration.ts';
export { applyIsotonic, fitIsotonic, type IsotonicModel } from './isotonic.ts';
export { applyPlatt, fitPlatt, type PlattModel } from './platt.ts';

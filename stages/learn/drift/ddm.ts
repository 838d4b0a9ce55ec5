/**
 * The drift detection method: errors of a stream become more frequent than they ever were few.
 *
 * @see Gama et al., Learning with drift detection (2004); river 0.26.1, drift.binary.DDM, whose golden alarms are checked by
 *   test/learn/drift
 * @module
 */

export interface StreamAlarms {
  /** Places in the stream, from 0, where drift is seen; the detector starts anew behind each. */
  readonly drifts: readonly number[];
  readonly warnings: readonly number[];
}

const WARM_START = 30;
const WARNING = 2;
const DRIFT = 3;

/** @param isError 0 or 1 for each event. */
export function detectByDdm(isError: ArrayLike<number>): StreamAlarms {
  const drifts: number[] = [];
  const warnings: number[] = [];
  let [n, p, pMin, sMin, least] = [0, 0, 0, 0, Infinity];
  for (let i = 0; i < isError.length; i++) {
    n++;
    p += (isError[i]! - p) / n;
    const s = Math.sqrt((p * (1 - p)) / n);
    if (n <= WARM_START) continue;
    if (p + s <= least) [pMin, sMin, least] = [p, s, p + s];
    if (p + s > pMin + DRIFT * sMin) {
      drifts.push(i);
      [n, p, pMin, sMin, least] = [0, 0, 0, 0, Infinity];
    } else if (p + s > pMin + WARNING * sMin) warnings.push(i);
  }
  return { drifts, warnings };
}

/**
 * The lanes of a timeline: stages that ran side by side stand side by side.
 *
 * @module
 */

export interface Interval {
  readonly startMs: number;
  readonly endMs: number;
}

/**
 * @param intervals In any order.
 * @returns For each its lane, counted from 0: the first that is free when it starts. There are as many lanes as ever ran
 *   at once.
 */
export function lanesOf(intervals: readonly Interval[]): readonly number[] {
  const order = intervals.map((_, i) => i);
  order.sort((a, b) => intervals[a]!.startMs - intervals[b]!.startMs || a - b);
  const freeAtMs: number[] = [];
  const lanes = new Array<number>(intervals.length);
  for (const i of order) {
    const { startMs, endMs } = intervals[i]!;
    const free = freeAtMs.findIndex((ms) => ms <= startMs);
    const lane = free === -1 ? freeAtMs.length : free;
    freeAtMs[lane] = endMs;
    lanes[i] = lane;
  }
  return lanes;
}

/**
 * ADWIN: a window over a stream that ends where its older part has another mean than its newer one.
 *
 * The window is kept as buckets of 1, 2, 4, ... events, at most `MOST_BUCKETS` and one more of each size: O(log n) memory.
 *
 * @see Bifet, Gavaldà, Learning from time-changing data with adaptive windowing (2007); river 0.26.1, drift.ADWIN
 * @module
 */

const MOST_BUCKETS = 5;
const LEAST_PART = 5;
const GRACE = 10;

interface Bucket {
  readonly events: number;
  readonly total: number;
  /** Sum of squared distances from the bucket's mean. */
  readonly squares: number;
}

/**
 * @param clock Every so many events the window is looked at.
 * @returns Places in the stream, from 0, where the mean is seen to have changed; the window starts anew behind each.
 */
export function detectByAdwin(events: ArrayLike<number>, delta = 0.002, clock = 32): readonly number[] {
  // The newest first; of one size beside each other.
  let window: Bucket[] = [];
  const drifts: number[] = [];
  let seen = 0;
  for (let i = 0; i < events.length; i++) {
    window = compress([{ events: 1, total: events[i]!, squares: 0 }, ...window]);
    seen++;
    if (seen % clock !== 0 || !hasChanged(window, delta)) continue;
    drifts.push(i);
    window = [];
    seen = 0;
  }
  return drifts;
}

/** Where a size has more buckets than it may, its two oldest become one of the next. */
function compress(buckets: readonly Bucket[]): Bucket[] {
  const window = [...buckets];
  for (let start = 0; start < window.length; ) {
    const size = window[start]!.events;
    let end = start;
    while (end < window.length && window[end]!.events === size) end++;
    if (end - start <= MOST_BUCKETS) break;
    window.splice(end - 2, 2, merge(window[end - 2]!, window[end - 1]!));
    start = end - 2;
  }
  return window;
}

function merge(a: Bucket, b: Bucket): Bucket {
  const events = a.events + b.events;
  const gap = a.total / a.events - b.total / b.events;
  return {
    events,
    total: a.total + b.total,
    squares: a.squares + b.squares + (a.events * b.events * gap * gap) / events,
  };
}

/** Whether some cut divides the window into parts with different means. */
function hasChanged(window: readonly Bucket[], delta: number): boolean {
  const whole = window.reduce(merge);
  if (whole.events <= GRACE) return false;
  const confidence = Math.log((2 * Math.log(whole.events)) / delta);
  const variance = whole.squares / whole.events;
  let [older, total] = [0, 0];
  for (let k = window.length - 1; k >= 1; k--) {
    older += window[k]!.events;
    total += window[k]!.total;
    const newer = whole.events - older;
    if (newer < LEAST_PART || older < LEAST_PART) continue;
    const gap = Math.abs(total / older - (whole.total - total) / newer);
    const inverse = 1 / (older - LEAST_PART + 1) + 1 / (newer - LEAST_PART + 1);
    const bound = Math.sqrt(2 * inverse * variance * confidence) + (2 / 3) * inverse * confidence;
    if (gap > bound) return true;
  }
  return false;
}

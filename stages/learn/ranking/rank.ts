/**
 * The best tags of a question.
 *
 * @module
 */

/**
 * Ranks the labels of a row, the best first; of equal scores that of the lower column.
 *
 * @param most How many of them are wanted.
 * @returns A function that takes scores of shape (rows, labels) and a row, and gives min(most, labels) labels. The next
 *   call overwrites them.
 *
 * O(labels log most) time for a row in the worst case, O(labels) where few are wanted.
 */
export function rowRanker(labels: number, most: number): (scores: Float64Array, row: number) => Uint32Array {
  const size = Math.min(most, labels);
  // A heap with the worst of the best at its root.
  const heap = new Uint32Array(size);
  return (scores, row) => {
    if (size === 0) return heap;
    const start = row * labels;
    const isWorse = (a: number, b: number): boolean => {
      const difference = scores[start + a]! - scores[start + b]!;
      return difference < 0 || (difference === 0 && a > b);
    };
    for (let label = 0; label < size; label++) heap[label] = label;
    for (let at = (size >> 1) - 1; at >= 0; at--) sink(heap, at, size, isWorse);
    let worst = scores[start + heap[0]!]!;
    for (let label = size; label < labels; label++) {
      if (!(scores[start + label]! > worst)) continue;
      heap[0] = label;
      sink(heap, 0, size, isWorse);
      worst = scores[start + heap[0]]!;
    }
    for (let end = size - 1; end > 0; end--) {
      const label = heap[0]!;
      heap[0] = heap[end]!;
      heap[end] = label;
      sink(heap, 0, end, isWorse);
    }
    return heap;
  };
}

/** All labels in the order of their columns, for where a rank is of no account. */
export function allLabels(labels: number): () => Uint32Array {
  const all = new Uint32Array(labels).map((_, label) => label);
  return () => all;
}

/** Moves what stands at `at` down to where nothing below it is worse. */
function sink(heap: Uint32Array, at: number, size: number, isWorse: (a: number, b: number) => boolean): void {
  const label = heap[at]!;
  for (;;) {
    let child = 2 * at + 1;
    if (child >= size) break;
    if (child + 1 < size && isWorse(heap[child + 1]!, heap[child]!)) child++;
    if (!isWorse(heap[child]!, label)) break;
    heap[at] = heap[child]!;
    at = child;
  }
  heap[at] = label;
}

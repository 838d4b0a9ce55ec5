/**
 * Whole numbers, as many as come.
 *
 * @module
 */

export class GrowingArray {
  items: Int32Array;
  length = 0;

  constructor(capacity = 1024) {
    this.items = new Int32Array(capacity);
  }

  push(item: number): void {
    if (this.length === this.items.length) {
      const larger = new Int32Array(2 * this.length);
      larger.set(this.items);
      this.items = larger;
    }
    this.items[this.length++] = item;
  }

  /** A view on what is there, until the next push. */
  view(): Int32Array {
    return this.items.subarray(0, this.length);
  }
}

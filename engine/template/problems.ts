/**
 * Where templating puts what is wrong, so that it can go on and find more.
 *
 * A template in a group is filled in once for each member: what is wrong at one place in the same way is told once.
 *
 * @module
 */

import type { Diagnostic, Place } from '../core/index.ts';

export class Problems {
  readonly #byPlace = new Map<string, Diagnostic>();

  report(place: Place, diagnostic: Diagnostic): void {
    const { file, range } = place;
    const key = `${diagnostic.code} ${file.path} ${range.start} ${range.end}`;
    if (!this.#byPlace.has(key)) this.#byPlace.set(key, { ...diagnostic, place });
  }

  /** In the order of files as they were first spoken of, and of places in each. */
  list(): readonly Diagnostic[] {
    const all = [...this.#byPlace.values()];
    const files = [...new Set(all.map((each) => each.place!.file.path))];
    const rank = (each: Diagnostic): number => files.indexOf(each.place!.file.path);
    return all.sort((a, b) => rank(a) - rank(b) || a.place!.range.start - b.place!.range.start);
  }
}

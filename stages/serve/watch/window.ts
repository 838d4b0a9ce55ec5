/**
 * The last questions, as far as they are watched: numbers and tags, no texts.
 *
 * @module
 */

import type { Sample } from '../../learn/drift/index.ts';

/** What is remembered of a question. */
export interface WatchedQuestion {
  /** By column; NaN where it has none. */
  readonly numbers: Readonly<Record<string, number>>;
  /** Given by the model. */
  readonly tags: readonly string[];
}

export class RollingWindow {
  readonly #size: number;
  readonly #questions: WatchedQuestion[] = [];
  #next = 0;

  constructor(size: number) {
    this.#size = size;
  }

  get length(): number {
    return this.#questions.length;
  }

  add(question: WatchedQuestion): void {
    this.#questions[this.#next] = question;
    this.#next = (this.#next + 1) % this.#size;
  }

  clear(): void {
    this.#questions.length = 0;
    this.#next = 0;
  }

  sample(): Sample {
    const questions = this.#questions;
    const names = Object.keys(questions[0]?.numbers ?? {});
    const numbers = names.map((name) => [name, Float64Array.from(questions, (each) => each.numbers[name]!)]);
    const given = new Map<string, number>();
    for (const { tags } of questions) for (const tag of tags) given.set(tag, (given.get(tag) ?? 0) + 1);
    return {
      questions: questions.length,
      numbers: Object.fromEntries(numbers) as Sample['numbers'],
      sets: { predicted_tag: given },
    };
  }
}

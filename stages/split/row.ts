/**
 * What a reader hands on: each row of an input, in its order, as a question or as what became of it.
 *
 * @module
 */

import type { Question } from '../io/index.ts';

export type Row =
  | { readonly kind: 'question'; readonly question: Question }
  | Refused
  /** No question, and no fault in that: an answer, say. */
  | { readonly kind: 'skipped'; readonly what: string };

export interface Refused {
  readonly kind: 'refused';
  /** Where it begins; counts from 1. */
  readonly line: number;
  /** As written, where it has one. */
  readonly id: string | null;
  readonly why: string;
  /** When it was asked, where that could be read: `2019-03-01T12:00:00Z`. */
  readonly creationDate: string | undefined;
}

export interface Reading {
  /** Absolute. */
  readonly input: string;
  /** Where the questions come from, such as `devops.stackexchange.com`; `null` where nobody said. */
  readonly site: string | null;
  readonly take: (row: Row) => void;
  /** A line for the person who runs the stage. */
  readonly log: (message: string) => void;
}

/**
 * Reads an input of any size in flat memory.
 *
 * @throws {StageFailure} If the input as a whole cannot be read.
 */
export type Reader = (reading: Reading) => Promise<void>;

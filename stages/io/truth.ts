/**
 * `data/truth.json`: the world that the synthetic questions are drawn from, and what was planted in it.
 *
 * The file is the whole plan: a month of questions follows from it, the seed in it and the month alone.
 *
 * @module
 */

import { StageFailure } from 'dvc-like/stage';
import { readVersioned, writeJson } from './json.ts';

export type Truth = NothingPlanted | World;

/** The questions come from elsewhere. */
export interface NothingPlanted {
  readonly kind: 'nothing-planted';
  readonly source: string;
}

export interface World {
  readonly kind: 'synthetic';
  /** For every page that shows something of this world. */
  readonly notice: string;
  readonly seed: number;
  /** The month that counts as number 1. */
  readonly firstMonth: string;
  readonly questionsPerMonth: number;
  readonly drift: readonly Drift[];
  readonly tags: readonly WorldTag[];
  /** Words without a subject, the most frequent first. */
  readonly filler: readonly string[];
}

/**
 * - `platform`: most questions have one.
 * - `subject`: goes with any platform.
 * - `detail`: goes with its platform only.
 * - `planted`: a platform whose questions are counted out for each month; see `drift`.
 */
export interface WorldTag {
  readonly kind: 'platform' | 'subject' | 'detail' | 'planted';
  readonly name: string;
  /** The platform of a detail. */
  readonly of: string | null;
  /** How often, in proportion to the others of its kind (and platform); 0 for the planted. */
  readonly weight: number;
  /** Its own words, the most frequent first. */
  readonly words: readonly string[];
  /** Questions a month with it, for the planted: from month 1 on. */
  readonly perMonth: number;
}

/** Something that changes from `month` on: the `number`th month of the world. */
export type Drift =
  | {
      readonly kind: 'tag-appears';
      readonly month: string;
      readonly number: number;
      readonly tag: string;
      readonly perMonth: number;
    }
  | {
      readonly kind: 'vocabulary-changes';
      readonly month: string;
      readonly number: number;
      readonly tag: string;
      /** What it says from then on, in place of its name and its own words. */
      readonly words: readonly string[];
    }
  | {
      readonly kind: 'frequencies-shift';
      readonly month: string;
      readonly number: number;
      /** Questions a month from then on. */
      readonly perMonth: Readonly<Record<string, number>>;
    };

const FORMAT = 'dvc-like/truth';
const VERSION = 1;

export const writeTruth = (path: string, truth: Truth): void =>
  writeJson(path, { format: FORMAT, version: VERSION, ...truth });

/** @throws {StageFailure} If the file is something else. */
export function readTruth(path: string): Truth {
  const truth = readVersioned(path, FORMAT, VERSION) as Truth;
  const kinds: readonly unknown[] = ['synthetic', 'nothing-planted'];
  if (!kinds.includes(truth.kind)) throw new StageFailure(`Cannot read "${path}": its kind is not known`);
  return truth;
}

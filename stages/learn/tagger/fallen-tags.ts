/**
 * Tags that became less predictable: of all tags judged, those whose F1 fell by more than chance explains.
 *
 * @module
 */

import {
  adjustForMany,
  type Counts,
  differenceOf,
  type Estimate,
  f1Estimate,
  sameF1PValue,
} from '../metrics/index.ts';
import type { TagScores } from './tag-scores.ts';

/** A known tag and its F1 in earlier and in later questions. */
export interface JudgedTag {
  readonly tag: string;
  readonly earlier: Half;
  readonly later: Half;
  /** Later less earlier, with its 95 % interval. */
  readonly change: number;
  readonly change_se: number;
  readonly change_low: number;
  readonly change_high: number;
  /** How often chance alone makes such a difference. */
  readonly p: number;
  /** The same, adjusted for the number of tags judged. */
  readonly q: number;
}

interface Half {
  readonly f1: number;
  readonly f1_low: number;
  readonly f1_high: number;
  readonly support: number;
}

export interface Falls {
  /** Tags that were judged: known, with the support that is asked for on each side. */
  readonly judged: number;
  /** The greatest fall first. */
  readonly fallen: readonly JudgedTag[];
  /** Those that fell too, but by no more than chance explains; the greatest fall first. */
  readonly within_chance: readonly JudgedTag[];
}

/**
 * @param minSupport A tag is judged where each side has so many questions with it.
 * @param rate Of the tags that are said to have fallen at most this share, on average, has not.
 */
export function fallenTags(
  earlier: ReadonlyMap<string, TagScores>,
  later: ReadonlyMap<string, TagScores>,
  minSupport: number,
  rate: number,
): Falls {
  const pairs = [...earlier].flatMap(([tag, was]) => {
    const is = later.get(tag);
    if (!was.known || is === undefined || Math.min(was.support, is.support) < minSupport) return [];
    return [{ tag, was, is }];
  });
  const pValues = pairs.map(({ was, is }) => sameF1PValue(countsOf(was), countsOf(is)));
  const qValues = adjustForMany(pValues);
  const falls = pairs
    .map(({ tag, was, is }, i): JudgedTag => {
      const [from, to] = [f1Estimate(countsOf(was))!, f1Estimate(countsOf(is))!];
      const change = differenceOf(from, to);
      return {
        tag,
        earlier: half(from, was.support),
        later: half(to, is.support),
        change: change.value,
        change_se: change.standardError,
        change_low: change.low,
        change_high: change.high,
        p: pValues[i]!,
        q: qValues[i]!,
      };
    })
    .filter(({ change }) => change < 0)
    .sort((a, b) => a.change - b.change || (a.tag < b.tag ? -1 : 1));
  return {
    judged: pairs.length,
    fallen: falls.filter(({ q }) => q <= rate),
    within_chance: falls.filter(({ q }) => q > rate),
  };
}

const half = ({ value, low, high }: Estimate, support: number): Half => ({
  f1: value,
  f1_low: low,
  f1_high: high,
  support,
});

const countsOf = (tag: TagScores): Counts => ({
  truePositives: tag.true_positives,
  falsePositives: tag.false_positives,
  falseNegatives: tag.false_negatives,
});

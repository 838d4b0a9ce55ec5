/**
 * Which tags a question is given, by the scores that it has for them.
 *
 * Tags of a question are ranked by score, the best first; of equal scores that of the lower column.
 *
 * @module
 */

/** What was learned; in this form it stands in `decision.json`. */
export type Decision = Rule & Limits;

/** A tag is given where its score is above the threshold; equal is not above. */
type Rule =
  /** The threshold of the settings. */
  | { readonly kind: 'fixed'; readonly threshold: number }
  /** One threshold, learned. */
  | { readonly kind: 'global'; readonly threshold: number }
  /** Shape (labels,): one for each tag. */
  | { readonly kind: 'per_tag'; readonly thresholds: readonly number[] }
  /** One for the best tag of a question, one for its second, ...; what ranks behind the last is not given. */
  | { readonly kind: 'per_rank'; readonly thresholds: readonly number[] }
  /** The `k` best tags of each question, whatever their scores. */
  | { readonly kind: 'top_k'; readonly k: number };

/** These hold whatever the rule says. */
interface Limits {
  /** The best tag of a question is given, whatever its score. */
  readonly at_least_one: boolean;
  /** Only so many of the best tags of a question can be given; null: any number. */
  readonly max_tags: number | null;
}

export interface DecisionSettings extends Limits {
  readonly kind: Decision['kind'];
  /** At least 2: parts of the training questions, each scored by a classifier that has not seen it. */
  readonly folds: number;
  /** Of kind `fixed`. */
  readonly threshold: number;
  /** Of kind `top_k`, at least 1. */
  readonly top_k: number;
  /** Of kind `per_tag`: tags of fewer questions share one threshold. */
  readonly min_support: number;
}

/** The decision where the settings say it all; undefined where there is something to learn. */
export function decisionBySettings(settings: DecisionSettings): Decision | undefined {
  const { kind, threshold, top_k, at_least_one, max_tags } = settings;
  if (kind === 'fixed') return { kind, threshold, at_least_one, max_tags };
  if (kind === 'top_k') return { kind, k: top_k, at_least_one, max_tags };
  return undefined;
}

/** Whether it matters which tags of a question are the best, if `most` of them can be given. */
export const areRanked = (
  { kind, at_least_one }: Pick<Decision, 'kind' | 'at_least_one'>,
  most: number,
  labels: number,
): boolean => kind === 'per_rank' || at_least_one || most < labels;

/** How many of the best tags of a question can be given. */
export function mostTags(decision: Decision, labels: number): number {
  const limit = Math.min(labels, decision.max_tags ?? labels);
  switch (decision.kind) {
    case 'top_k':
      return Math.min(limit, decision.k);
    case 'per_rank':
      return Math.min(limit, decision.thresholds.length);
    case 'fixed':
    case 'global':
    case 'per_tag':
      return limit;
  }
}

/**
 * `decision.json`: which tags a question is given by its scores, and how well that did on the training questions.
 *
 * Its `decision` is what `learn/decision` calls so; thresholds by tag are in the order of `labels.json`.
 *
 * @module
 */

import { StageFailure } from 'dvc-like/stage';
import type { Decision } from '../learn/decision/index.ts';
import type { LearnedDecision, TaggingSettings } from '../learn/tagger/index.ts';
import { readVersioned, writeJson } from './json.ts';

interface DecisionFile extends LearnedDecision {
  readonly settings: TaggingSettings;
}

const FORMAT = 'dvc-like/decision';
const VERSION = 1;

export const writeDecision = (path: string, { settings, decision, out_of_fold }: DecisionFile): void =>
  writeJson(path, { format: FORMAT, version: VERSION, settings, out_of_fold, decision });

/** @throws {StageFailure} If the file holds no decision on so many labels. */
export function readDecision(path: string, labels: number): Decision {
  const { decision } = readVersioned(path, FORMAT, VERSION) as { readonly decision?: Found };
  if (decision === undefined || !hasLimits(decision) || !hasRule(decision, labels)) {
    throw new StageFailure(`Cannot read "${path}": it is not a decision on ${labels} tags`);
  }
  return decision as unknown as Decision;
}

/** What a file has for a decision. */
interface Found {
  readonly kind: string;
  readonly [key: string]: unknown;
}

const hasLimits = ({ at_least_one, max_tags }: Found): boolean =>
  typeof at_least_one === 'boolean' && (max_tags === null || isCount(max_tags));

function hasRule({ kind, threshold, thresholds, k }: Found, labels: number): boolean {
  switch (kind) {
    case 'fixed':
    case 'global':
      return Number.isFinite(threshold);
    case 'per_tag':
      return areNumbers(thresholds) && thresholds.length === labels;
    case 'per_rank':
      return areNumbers(thresholds) && thresholds.length <= labels;
    case 'top_k':
      return isCount(k);
    default:
      return false;
  }
}

const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 1;

const areNumbers = (value: unknown): value is readonly number[] =>
  Array.isArray(value) && value.every(Number.isFinite);

/**
 * What a model knows of one tag.
 *
 * @module
 */

import { existsSync } from 'node:fs';
import { StageFailure } from 'dvc-like/stage';
import { readCsv } from '../../io/index.ts';
import type { Decision } from '../../learn/decision/index.ts';
import { featureNamer } from './columns.ts';
import type { ServingModel } from './serving-model.ts';
import { strongestWords, type Word } from './words.ts';

export interface TagFacts {
  readonly tag: string;
  /** Training questions that have it. */
  readonly support: number;
  /** Training questions. */
  readonly questions: number;
  /** On the held-out months; null where nothing is known of it. */
  readonly f1: number | null;
  /** In words: what its score must be above. */
  readonly threshold: string;
  /** With their coefficients, the strongest first. */
  readonly raising: readonly Word[];
  readonly lowering: readonly Word[];
}

/**
 * @param scores `reports/evaluate/tags.csv` of the study; it may be missing.
 * @param most Words in each list.
 * @throws {StageFailure} If the model does not know the tag.
 */
export function explainTag(model: ServingModel, tag: string, scores: string, most: number): TagFacts {
  const { classes, featurizer, classifier, decision } = model.tagger;
  const label = classes.indexOf(tag);
  if (model.tagger.namedTags?.tags.includes(tag) === true) {
    throw new StageFailure(`The model has no classifier for the tag "${tag}"`, {
      hint: 'it is too rare for one: it is given to questions that name it, where that was mostly right',
    });
  }
  if (label === -1) {
    const alike = classes.filter((name) => name.includes(tag) || tag.includes(name));
    throw new StageFailure(`The model does not know the tag "${tag}"`, {
      hint:
        alike.length > 0
          ? `it knows ${alike.slice(0, 5).join(', ')}`
          : `it knows ${classes.length} tags, such as ${classes.slice(0, 3).join(', ')}`,
    });
  }
  return {
    tag,
    support: model.support[label]!,
    questions: model.manifest.size.questions,
    f1: f1Of(tag, scores),
    threshold: thresholdText(decision, label),
    ...strongestWords(classifier, label, most, featureNamer(featurizer)),
  };
}

function f1Of(tag: string, path: string): number | null {
  if (!existsSync(path)) return null;
  const { header, rows } = readCsv(path);
  const text = rows.find((row) => row[header.indexOf('tag')] === tag)?.[header.indexOf('f1')] ?? '';
  return text === '' ? null : Number(text);
}

function thresholdText(decision: Decision, label: number): string {
  switch (decision.kind) {
    case 'fixed':
      return `${decision.threshold}, set for all tags`;
    case 'global':
      return `${decision.threshold.toFixed(4)}, one for all tags`;
    case 'per_tag':
      return `${decision.thresholds[label]!.toFixed(4)}, its own`;
    case 'per_rank':
      return `by rank among the tags of a question: ${decision.thresholds.map((value) => value.toFixed(4)).join(', ')}`;
    case 'top_k':
      return `none: the ${decision.k} best tags of a question are given`;
  }
}

/**
 * Drift of texts: whether a classifier can tell the current from the reference ones, by its ROC AUC on the half of them
 * that it has not seen.
 *
 * @see Evidently 0.7.23, utils/data_drift_utils.py
 * @module
 */

import { rankTogether } from '../distributions/index.ts';
import { createRandomState } from '../random/index.ts';
import { englishStopWords, fitTfidf, type TfidfParams, transformTfidf } from '../text/index.ts';
import { fitSeparator, separate } from './sgd.ts';

export interface DomainClassifier {
  /** In [0, 1]: 0.5 where the texts cannot be told apart. */
  readonly auc: number;
  /** Texts of the half that was judged, and those of them that are current. */
  readonly judged: { readonly texts: number; readonly current: number };
  /** Words by their weights, the heaviest first: what speaks for the current, and for the reference texts. */
  readonly words: { readonly current: readonly string[]; readonly reference: readonly string[] };
}

const SEED = 42;
const WORDS = 25;

/** @throws {RangeError} If a half is without reference or without current texts, or no term is left. */
export function fitDomainClassifier(
  reference: readonly string[],
  current: readonly string[],
): DomainClassifier {
  const texts = [...reference, ...current];
  const order = createRandomState(SEED).permutation(texts.length);
  const middle = Math.ceil(texts.length / 2);
  const judged = order.subarray(0, middle);
  const seen = order.subarray(middle);
  const isCurrent = (rows: Uint32Array): Uint8Array =>
    Uint8Array.from(rows, (row) => (row >= reference.length ? 1 : 0));
  const [truth, labels] = [isCurrent(judged), isCurrent(seen)];
  const count = truth.reduce((sum, value) => sum + value, 0);
  const seenCount = labels.reduce((sum, value) => sum + value, 0);
  if (count === 0 || count === truth.length || seenCount === 0 || seenCount === labels.length) {
    throw new RangeError('There are too few texts to divide them');
  }
  const textsAt = (rows: Uint32Array): readonly string[] => Array.from(rows, (row) => texts[row]!);
  const { model, matrix } = fitTfidf(params(), textsAt(seen));
  const separator = fitSeparator(matrix, labels);
  const scores = separate(separator, transformTfidf(model, textsAt(judged)));
  const heaviest = (sign: 1 | -1): readonly string[] =>
    model.terms
      .map((term, i) => ({ term, weight: sign * separator.weights[i]! }))
      .filter(({ weight }) => weight > 0)
      .sort((a, b) => b.weight - a.weight)
      .slice(0, WORDS)
      .map(({ term }) => term);
  return {
    auc: rocAuc(scores, truth),
    judged: { texts: truth.length, current: count },
    words: { current: heaviest(1), reference: heaviest(-1) },
  };
}

const params = (): TfidfParams => ({
  analyzer: { kind: 'word' },
  lowercase: true,
  stripAccents: undefined,
  stopWords: englishStopWords(),
  stemmer: undefined,
  ngramRange: [1, 1],
  minDf: { kind: 'count', documents: 1 },
  maxDf: { kind: 'share', share: 0.5 },
  maxFeatures: undefined,
  binary: false,
  sublinearTf: true,
  useIdf: true,
  smoothIdf: true,
  norm: 'l2',
});

/** How often a positive has the higher score, ties half. */
function rocAuc(scores: Float64Array, truth: Uint8Array): number {
  const positive = scores.filter((_, i) => truth[i] === 1);
  const negative = scores.filter((_, i) => truth[i] !== 1);
  const ranks = rankTogether(positive, negative).a.reduce((sum, rank) => sum + rank, 0);
  const n = positive.length;
  return (ranks - (n * (n + 1)) / 2) / (n * negative.length);
}

export interface TextDrift extends DomainClassifier {
  readonly method: 'abs_text_content_drift' | 'perc_text_content_drift';
  /** What the AUC is compared with. */
  readonly cut: number;
  /** Evidently prints a probability level in place of the second method's cut. */
  readonly threshold: number;
  readonly drift: boolean;
}

const ABSOLUTE = 0.55;
const LEVEL = 0.95;
const MOST_FOR_LEVELS = 1000;

/** By Evidently's default: up to 1000 reference texts the AUC is compared with those of random scores, else with 0.55. */
export function scoreTextDrift(reference: readonly string[], current: readonly string[]): TextDrift {
  const classifier = fitDomainClassifier(reference, current);
  if (reference.length > MOST_FOR_LEVELS) {
    const drift = classifier.auc > ABSOLUTE;
    return { ...classifier, method: 'abs_text_content_drift', cut: ABSOLUTE, threshold: ABSOLUTE, drift };
  }
  const order = createRandomState(SEED).permutation(reference.length + current.length);
  const judged = order.subarray(0, Math.ceil(order.length / 2));
  const cut = randomAucQuantile(Uint8Array.from(judged, (row) => (row >= reference.length ? 1 : 0)));
  return {
    ...classifier,
    method: 'perc_text_content_drift',
    cut,
    threshold: LEVEL,
    drift: classifier.auc > cut,
  };
}

const RANDOM_RUNS = 1000;

/** The 95th percentile of the AUCs of 1000 columns of random scores. @param truth In the order of the rows. */
function randomAucQuantile(truth: Uint8Array): number {
  const seeds = createRandomState(SEED);
  const aucs = Float64Array.from({ length: RANDOM_RUNS }, () => {
    const random = createRandomState(seeds.integer(RANDOM_RUNS * 10));
    return rocAuc(Float64Array.from(truth, random.sample), truth);
  }).sort();
  const at = LEVEL * (RANDOM_RUNS - 1);
  const low = Math.floor(at);
  return aucs[low]! + (at - low) * (aucs[low + 1]! - aucs[low]!);
}

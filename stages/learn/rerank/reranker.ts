/**
 * The second stage: one classifier over pairs of a question and a tag, that weighs the first stage's score against what
 * else is known of the pair.
 *
 * It is learned from out-of-fold scores of the training questions, and what it knows of tags (how often they are true,
 * named, together) comes for each fold from the others. Pairs that are no candidates keep a sigmoid of their score.
 *
 * @module
 */

import { fitPlatt, type PlattModel } from '../calibration/index.ts';
import type { Fields } from '../features/index.ts';
import type { LabelMatrix } from '../labels/index.ts';
import { chooseCandidates } from './candidates.ts';
import { clueFinder, pairFeatures, titledIn, writePairFeatures } from './pair-features.ts';
import { createPairFitter, createPairScorer, type PairModel, type PairSettings } from './pair-model.ts';
import { labelsOf, type TagStatistics, tagStatistics } from './statistics.ts';

export interface RerankSettings extends PairSettings {
  /** How many of the best tags of a question, at least 1; those that its title names come on top. */
  readonly candidates: number;
}

export interface Reranker {
  readonly settings: RerankSettings;
  readonly statistics: TagStatistics;
  /** From a first score to a probability: of a candidate, and of any other pair. */
  readonly sigmoids: { readonly candidate: PlattModel; readonly other: PlattModel };
  readonly model: PairModel;
}

export interface FittedReranker {
  readonly reranker: Reranker;
  /** Shape (questions, labels): log odds, by a second stage that has not seen the question. */
  readonly outOfFold: Float64Array;
}

/**
 * @param questions At least one, the earliest first.
 * @param scores Of each classifier of the first stage, at least one, shape (questions, labels), row by row: out-of-fold
 *   scores. Candidates and ranks are by those of the first; those of the others are further features of the pairs.
 * @param Y Shape (questions, labels).
 * @param foldOf Length questions: the folds of the scores.
 * @param latest The classifier over pairs learns from so many of the last questions; what is known of tags comes from all.
 */
export function fitReranker(
  settings: RerankSettings,
  classes: readonly string[],
  questions: readonly Fields[],
  scores: readonly Float64Array[],
  Y: LabelMatrix,
  foldOf: Uint32Array,
  latest: number,
): FittedReranker {
  const [first] = scores;
  if (first === undefined) throw new RangeError('There are no scores');
  const clues = clueFinder(classes)(questions);
  const candidates = chooseCandidates(first, titledIn(clues), settings.candidates);
  const truth = truthOf(candidates, Y);
  const sigmoids = fitSigmoids(candidates, truth, first, Y);
  const features = pairFeatures(scores.length - 1).length;
  const X = new Float64Array(candidates.indices.length * features);
  const folds = [...new Set(foldOf)].sort((a, b) => a - b);
  for (const fold of folds) {
    const statistics = tagStatistics(Y, clues.named, (row) => foldOf[row] !== fold);
    for (let row = 0; row < Y.rows; row++) {
      if (foldOf[row] === fold)
        writePairFeatures(row, candidates, scores, clues, statistics, sigmoids.candidate, X);
    }
  }
  const fitPairs = createPairFitter(settings, X, features, truth);
  const outOfFold = otherScores(sigmoids.other, first);
  const isLate = (row: number): boolean => row >= Y.rows - latest;
  for (const fold of folds) {
    const seen = pairsWhere(candidates, (row) => isLate(row) && foldOf[row] !== fold);
    const score = createPairScorer(fitPairs(seen));
    for (let row = 0; row < Y.rows; row++) {
      if (foldOf[row] === fold) putScores(row, candidates, score, X, outOfFold);
    }
  }
  const model = fitPairs(pairsWhere(candidates, isLate));
  const statistics = tagStatistics(Y, clues.named, () => true);
  return { outOfFold, reranker: { settings, statistics, sigmoids, model } };
}

/**
 * Scores of each classifier of the first stage, shape (questions, labels), row by row, to log odds of the same shape. A
 * question's do not depend on the others.
 */
export type Rerank = (questions: readonly Fields[], scores: readonly Float64Array[]) => Float64Array;

/** Made ready once. */
export function createRerank(
  { settings, statistics, sigmoids, model }: Reranker,
  classes: readonly string[],
): Rerank {
  const findClues = clueFinder(classes);
  const score = createPairScorer(model);
  return (questions, scores) => {
    const clues = findClues(questions);
    const candidates = chooseCandidates(scores[0]!, titledIn(clues), settings.candidates);
    const X = new Float64Array(candidates.indices.length * pairFeatures(scores.length - 1).length);
    const odds = otherScores(sigmoids.other, scores[0]!);
    for (let row = 0; row < questions.length; row++) {
      writePairFeatures(row, candidates, scores, clues, statistics, sigmoids.candidate, X);
      putScores(row, candidates, score, X, odds);
    }
    return odds;
  };
}

/** Length candidates: 1 where the row has the label. */
function truthOf(candidates: LabelMatrix, Y: LabelMatrix): Uint8Array {
  const truth = new Uint8Array(candidates.indices.length);
  for (let row = 0; row < Y.rows; row++) {
    const labels = new Set(labelsOf(Y, row));
    for (let k = candidates.indptr[row]!; k < candidates.indptr[row + 1]!; k++) {
      if (labels.has(candidates.indices[k]!)) truth[k] = 1;
    }
  }
  return truth;
}

function fitSigmoids(
  candidates: LabelMatrix,
  truth: Uint8Array,
  scores: Float64Array,
  Y: LabelMatrix,
): Reranker['sigmoids'] {
  const isCandidate = new Uint8Array(scores.length);
  const isTrue = new Uint8Array(scores.length);
  const near = new Float64Array(truth.length);
  for (let row = 0; row < Y.rows; row++) {
    for (const label of labelsOf(Y, row)) isTrue[row * Y.labels + label] = 1;
    for (let k = candidates.indptr[row]!; k < candidates.indptr[row + 1]!; k++) {
      const cell = row * Y.labels + candidates.indices[k]!;
      isCandidate[cell] = 1;
      near[k] = scores[cell]!;
    }
  }
  const candidate = fitPlatt(near, truth);
  const others = scores.length - near.length;
  if (others === 0) return { candidate, other: candidate };
  const far = new Float64Array(others);
  const farTruth = new Uint8Array(others);
  let at = 0;
  for (let cell = 0; cell < scores.length; cell++) {
    if (isCandidate[cell] === 1) continue;
    far[at] = scores[cell]!;
    farTruth[at++] = isTrue[cell]!;
  }
  return { candidate, other: fitPlatt(far, farTruth) };
}

/** As if no pair was a candidate. */
const otherScores = ({ slope, intercept }: PlattModel, scores: Float64Array): Float64Array =>
  scores.map((score) => -(slope * score + intercept));

function pairsWhere(candidates: LabelMatrix, isWanted: (row: number) => boolean): Uint32Array {
  const pairs: number[] = [];
  for (let row = 0; row < candidates.rows; row++) {
    if (!isWanted(row)) continue;
    for (let k = candidates.indptr[row]!; k < candidates.indptr[row + 1]!; k++) pairs.push(k);
  }
  return Uint32Array.from(pairs);
}

function putScores(
  row: number,
  candidates: LabelMatrix,
  score: ReturnType<typeof createPairScorer>,
  X: Float64Array,
  into: Float64Array,
): void {
  for (let k = candidates.indptr[row]!; k < candidates.indptr[row + 1]!; k++) {
    into[row * candidates.labels + candidates.indices[k]!] = score(X, k);
  }
}

/**
 * Tags that are too rare to have a classifier, given where a question names them.
 *
 * One logistic regression over the pairs of a question and a rare tag whose name stands in its title or text: in which
 * fields it stands, how often it was right there, and how rare the tag is. What it knows of tags comes for each fold of
 * the questions from the others, and so a tag that only one fold has is no tag to it.
 *
 * @module
 */

import { bestThresholds } from '../decision/index.ts';
import type { Fields } from '../features/index.ts';
import { binarizeLabels, countTags, type LabelMatrix } from '../labels/index.ts';
import { compareCodePoints } from '../text/index.ts';
import { type DenseLogisticModel, fitDenseLogistic, scoreDenseLogistic } from './logistic-regression.ts';
import { type Clues, clueFinder, FIELDS } from './pair-features.ts';
import { labelsOf, tagStatistics } from './statistics.ts';

export type TaggedFields = Fields & { readonly tags: readonly string[] };

/** In the order of their columns. */
export const NAMED_TAG_FEATURES = [
  ...FIELDS.flatMap((field) => [`named.${field}`, `trust.${field}`, `doubt.${field}`]),
  'title_and_text',
  'names_in_title',
  'names_in_text',
  'support',
  'words',
  'characters',
  'tags_given',
];

/** What was learned. */
export interface NamedTags {
  /** By name; none of them is a class of the tagger. */
  readonly tags: readonly string[];
  /** Length tags: training questions with each. */
  readonly support: Float64Array;
  /** For each field, length tags: the share of the questions that name it there which have it, and of how many. */
  readonly trust: readonly Float64Array[];
  readonly named: readonly Float64Array[];
  readonly model: DenseLogisticModel;
  /** A named tag is given where its log odds are above. */
  readonly threshold: number;
}

/** What is known of the tags by some of the questions. */
type Knowledge = Pick<NamedTags, 'support' | 'trust' | 'named'>;

/**
 * @param classes The tags that have a classifier.
 * @param given Shape (questions, classes): the tags that each question is given, out of fold.
 * @param foldOf Length questions.
 * @param latest The classifier and the threshold are learned from so many of the last questions.
 * @returns Null where no rare tag is named in a question that another fold knows.
 *
 * The threshold is that with the highest micro F1 over all true tags, those given by the classifiers among them.
 */
export function fitNamedTags(
  C: number,
  classes: readonly string[],
  questions: readonly TaggedFields[],
  given: LabelMatrix,
  foldOf: Uint32Array,
  latest: number,
): NamedTags | null {
  const known = new Set(classes);
  const tagLists = questions.map(({ tags }) => tags);
  const tags = countTags(tagLists)
    .map(({ tag }) => tag)
    .filter((tag) => !known.has(tag))
    .sort(compareCodePoints);
  const Y = binarizeLabels(tags, tagLists).matrix;
  const clues = clueFinder(tags)(questions);
  const pairs = namedPairs(clues);
  const features = NAMED_TAG_FEATURES.length;
  const X = new Float64Array(pairs.indices.length * features);
  const isUsed = new Uint8Array(pairs.indices.length);
  const folds = [...new Set(foldOf)].sort((a, b) => a - b);
  for (const fold of folds) {
    const knowledge = learnTags(Y, clues, (row) => foldOf[row] !== fold);
    eachPair(pairs, (row, tag, pair) => {
      if (foldOf[row] !== fold || knowledge.support[tag] === 0) return;
      isUsed[pair] = 1;
      writeFeatures(row, tag, pair, tags, clues, knowledge, tagsGiven(given, row), X);
    });
  }
  const truth = new Uint8Array(pairs.indices.length);
  const foldOfPair = new Uint32Array(pairs.indices.length);
  eachPair(pairs, (row, tag, pair) => {
    foldOfPair[pair] = foldOf[row]!;
    if (labelsOf(Y, row).includes(tag)) truth[pair] = 1;
  });
  const first = pairs.indptr[Math.max(0, questions.length - latest)]!;
  const used = Uint32Array.from(isUsed.keys()).filter((pair) => pair >= first && isUsed[pair] === 1);
  if (used.length === 0) return null;
  const fit = (some: Uint32Array): DenseLogisticModel => {
    const rows = new Float64Array(some.length * features);
    some.forEach((pair, i) => {
      rows.set(X.subarray(pair * features, (pair + 1) * features), i * features);
    });
    const y = Uint8Array.from(some, (pair) => truth[pair]!);
    return fitDenseLogistic(rows, y, features, C);
  };
  const odds = new Float64Array(pairs.indices.length);
  for (const fold of folds) {
    const model = fit(used.filter((pair) => foldOfPair[pair] !== fold));
    for (const pair of used) {
      if (foldOfPair[pair] === fold) odds[pair] = scoreDenseLogistic(model, X, pair);
    }
  }
  return {
    tags,
    ...learnTags(Y, clues, () => true),
    model: fit(used),
    threshold: bestOf(used, odds, truth, given, classes, tagLists, Math.max(0, questions.length - latest)),
  };
}

/** From questions, and the tags that they are given, shape (questions, classes). */
export type TagByName = (questions: readonly Fields[], given: LabelMatrix) => GivenByName;

export interface GivenByName {
  readonly tags: readonly string[];
  /** Shape (questions, tags). */
  readonly given: LabelMatrix;
  /** Log odds of the given ones, in the order of `given.indices`. */
  readonly odds: Float64Array;
}

/** Made ready once. */
export function createTagByName({ tags, model, threshold, ...knowledge }: NamedTags): TagByName {
  const findClues = clueFinder(tags);
  return (questions, given) => {
    const clues = findClues(questions);
    const pairs = namedPairs(clues);
    const X = new Float64Array(pairs.indices.length * NAMED_TAG_FEATURES.length);
    const indptr = new Uint32Array(questions.length + 1);
    const indices: number[] = [];
    const above: number[] = [];
    eachPair(pairs, (row, tag, pair) => {
      writeFeatures(row, tag, pair, tags, clues, knowledge, tagsGiven(given, row), X);
      const odds = scoreDenseLogistic(model, X, pair);
      if (odds <= threshold) return;
      indices.push(tag);
      above.push(odds);
      indptr[row + 1]!++;
    });
    for (let row = 0; row < questions.length; row++) indptr[row + 1]! += indptr[row]!;
    const matrix = {
      rows: questions.length,
      labels: tags.length,
      indptr,
      indices: Uint32Array.from(indices),
    };
    return { tags, given: matrix, odds: Float64Array.from(above) };
  };
}

/** The tags whose names stand in the title or the text. */
function namedPairs({ named }: Clues): LabelMatrix {
  const [title, text] = [named[0]!, named[1]!];
  const indptr = new Uint32Array(title.rows + 1);
  const indices: number[] = [];
  for (let row = 0; row < title.rows; row++) {
    const here = new Set([...labelsOf(title, row), ...labelsOf(text, row)]);
    indices.push(...[...here].sort((a, b) => a - b));
    indptr[row + 1] = indices.length;
  }
  return { rows: title.rows, labels: title.labels, indptr, indices: Uint32Array.from(indices) };
}

function eachPair(pairs: LabelMatrix, visit: (row: number, tag: number, pair: number) => void): void {
  for (let row = 0; row < pairs.rows; row++) {
    for (let pair = pairs.indptr[row]!; pair < pairs.indptr[row + 1]!; pair++) {
      visit(row, pairs.indices[pair]!, pair);
    }
  }
}

/** Counts are scaled to all rows, so that what was learned from some of them can be used on those of all. */
function learnTags(Y: LabelMatrix, { named }: Clues, isSeen: (row: number) => boolean): Knowledge {
  const { trust } = tagStatistics(Y, named, isSeen);
  let seen = 0;
  for (let row = 0; row < Y.rows; row++) if (isSeen(row)) seen++;
  const countIn = (matrix: LabelMatrix): Float64Array => {
    const counts = new Float64Array(Y.labels);
    for (let row = 0; row < Y.rows; row++) {
      if (isSeen(row)) for (const tag of labelsOf(matrix, row)) counts[tag]!++;
    }
    return counts.map((count) => (count * Y.rows) / seen);
  };
  return { support: countIn(Y), trust, named: named.map(countIn) };
}

function writeFeatures(
  row: number,
  tag: number,
  pair: number,
  tags: readonly string[],
  clues: Clues,
  { support, trust, named }: Knowledge,
  given: number,
  into: Float64Array,
): void {
  const isNamed = clues.named.map((hits) => labelsOf(hits, row).includes(tag));
  const name = tags[tag]!;
  let at = pair * NAMED_TAG_FEATURES.length;
  isNamed.forEach((here, field) => {
    into[at++] = here ? 1 : 0;
    into[at++] = here ? trust[field]![tag]! : 0;
    // How little is known of it.
    into[at++] = here ? 1 / (1 + named[field]![tag]!) : 0;
  });
  into[at++] = isNamed[0]! && isNamed[1]! ? 1 : 0;
  into[at++] = Math.log1p(labelsOf(clues.named[0]!, row).length);
  into[at++] = Math.log1p(labelsOf(clues.named[1]!, row).length);
  into[at++] = Math.log(support[tag]!);
  into[at++] = name.split(/[-.]/).length;
  into[at++] = Math.log(name.length);
  into[at++] = given;
}

const tagsGiven = (given: LabelMatrix, row: number): number => given.indptr[row + 1]! - given.indptr[row]!;

/** Over all true tags of the rows `from` on. */
function bestOf(
  used: Uint32Array,
  odds: Float64Array,
  truth: Uint8Array,
  given: LabelMatrix,
  classes: readonly string[],
  tagLists: readonly (readonly string[])[],
  from: number,
): number {
  const trueTags = tagLists.map((tags) => new Set(tags));
  let hits = 0;
  eachPair(given, (row, label) => {
    if (row >= from && trueTags[row]!.has(classes[label]!)) hits++;
  });
  const positives = trueTags.slice(from).reduce((sum, tags) => sum + tags.size, 0);
  const [threshold] = bestThresholds(
    1,
    (visit) => {
      for (const pair of used) visit(0, odds[pair]!, truth[pair] === 1);
      return { truePositives: hits, given: given.indices.length - given.indptr[from]! };
    },
    positives,
  );
  return threshold!;
}

/**
 * What is watched of questions: the same in training, where it becomes the reference, by month and in the server.
 *
 * | column | of a question |
 * |---|---|
 * | `text_length` | characters of title and text, as the logarithm of one more (nats) |
 * | `code_share` | of the characters of text and code those of code, in [0, 1]; none where both are empty |
 * | `oov_rate` | of the words of its text those that the vocabulary does not have, in [0, 1]; none without words |
 * | `predicted_tags` | how many tags it is given |
 * | `top_score` | the score of its best tag |
 * | `predicted_tag` | a set: the tags that it is given |
 *
 * And of questions whose tags are known, `tags` (how many) and `tag` (which).
 *
 * @module
 */

import { documentOf, type Featurizer, type Fields, type FittedBlock } from '../features/index.ts';
import type { LabelMatrix } from '../labels/index.ts';
import { allTexts, countTerms, documentsOf, type TokenParams } from '../text/index.ts';
import { countMembers, type Sample } from './sample.ts';

/** Words, and which of them are known. */
export interface Vocabulary {
  readonly tokens: TokenParams;
  readonly document: (question: Fields) => string;
  readonly terms: ReadonlySet<string>;
  /** A word was learned where so many questions had it. */
  readonly minDf: number;
}

/**
 * The vocabulary by which words are known: of the first block of words that reads `text`; undefined where there is none.
 *
 * @param questions That the featurizer was fitted on.
 */
export function vocabularyOf({ blocks }: Featurizer, questions: number): Vocabulary | undefined {
  const block = blocks.find(isOfWords);
  if (block === undefined) return undefined;
  const { settings, model } = block;
  const { min_df: minDf = 1 } = settings;
  return {
    tokens: { ...model.tokens, ngramRange: [1, 1] },
    document: (question) => documentOf(question, settings.fields),
    terms: new Set(model.terms),
    minDf: minDf < 1 ? minDf * questions : minDf,
  };
}

const isOfWords = (block: FittedBlock): block is Extract<FittedBlock, { readonly kind: 'tfidf' }> =>
  block.kind === 'tfidf' &&
  block.settings.fields.includes('text') &&
  ['word', 'domain'].includes(block.settings.analyzer ?? 'word') &&
  block.model.tokens.ngramRange[0] === 1;

/**
 * Columns of the questions' own.
 *
 * @param vocabulary Undefined leaves `oov_rate` out.
 * @param learned Whether the vocabulary was learned from just these questions. Then a word counts as known to a question
 *   if it would be known without it, so that the rate is that of a question which the vocabulary has not seen.
 */
export function watchQuestions(
  questions: readonly Fields[],
  vocabulary: Vocabulary | undefined,
  learned = false,
): Sample {
  const numbers: Record<string, Float64Array> = {
    text_length: Float64Array.from(questions, ({ title, text }) => Math.log1p(title.length + text.length)),
    code_share: Float64Array.from(questions, ({ text, code }) => code.length / (text.length + code.length)),
  };
  if (vocabulary !== undefined) numbers['oov_rate'] = oovRates(questions, vocabulary, learned);
  return { questions: questions.length, numbers, sets: {} };
}

function oovRates(questions: readonly Fields[], vocabulary: Vocabulary, learned: boolean): Float64Array {
  const counted = countTerms(vocabulary.tokens, questions.map(vocabulary.document));
  const { starts, ids, counts, terms } = counted;
  const documents = documentsOf(counted, terms);
  const isKnown = allTexts(counted).map(
    (text, id) => vocabulary.terms.has(text) && (!learned || documents[id]! - 1 >= vocabulary.minDf),
  );
  return Float64Array.from(questions, (_, i) => {
    let [unknown, all] = [0, 0];
    for (let k = starts[i]!; k < starts[i + 1]!; k++) {
      all += counts[k]!;
      if (!isKnown[ids[k]!]!) unknown += counts[k]!;
    }
    return all === 0 ? NaN : unknown / all;
  });
}

/**
 * Columns of what a tagger says of questions.
 *
 * @param scores Shape (questions, classes), row by row.
 * @param decided Shape (questions, classes).
 */
export function watchPredictions(
  classes: readonly string[],
  scores: Float64Array,
  decided: LabelMatrix,
): Sample {
  const { rows: questions, labels } = decided;
  const given = (i: number): Uint32Array =>
    decided.indices.subarray(decided.indptr[i], decided.indptr[i + 1]);
  const rows = Array.from({ length: questions }, (_, i) => Array.from(given(i), (label) => classes[label]!));
  return {
    questions,
    numbers: {
      predicted_tags: Float64Array.from(rows, (tags) => tags.length),
      top_score: Float64Array.from(rows, (_, i) => greatest(scores.subarray(i * labels, (i + 1) * labels))),
    },
    sets: { predicted_tag: countMembers(rows) },
  };
}

/** Columns of the tags that questions have. */
export const watchTags = (tagLists: readonly (readonly string[])[]): Sample => ({
  questions: tagLists.length,
  numbers: { tags: Float64Array.from(tagLists, (tags) => new Set(tags).size) },
  sets: { tag: countMembers(tagLists) },
});

const greatest = (values: Float64Array): number =>
  values.reduce((most, value) => (value > most ? value : most), -Infinity);

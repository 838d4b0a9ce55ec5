/**
 * `node problem.js DIRECTORY`: a model of real questions, as we serve it and as scikit-learn takes it, and later
 * questions to ask both. Features are words of title and text, which both know to cut alike.
 *
 * @module
 */

import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CleanQuestion, writeLabels, writeModel, writeVectorizer } from '../../stages/io/index.ts';
import type { ClassifierSettings } from '../../stages/learn/classifier/index.ts';
import { fitFeaturizer } from '../../stages/learn/features/index.ts';
import { binarizeLabels } from '../../stages/learn/labels/index.ts';
import { chooseLabels, fitAndDecide } from '../../stages/learn/tagger/index.ts';
import { readTexts, type TaggedText } from '../learn/texts.ts';

const LABELS = { coverage: 0.9, min_support: 1 };
const FEATURES = {
  blocks: [{ kind: 'tfidf', fields: ['title', 'text'], sublinear_tf: true, max_features: 20_000 }],
} as const;
const TRAIN: ClassifierSettings = { kind: 'linear_svc', C: 1 };
/** As scikit-learn's `predict`. */
const DECISION = {
  kind: 'fixed',
  folds: 2,
  threshold: 0,
  top_k: 1,
  min_support: 1,
  at_least_one: false,
  max_tags: null,
  calibration: null,
  latest: 1,
} as const;

const directory = process.argv[2]!;
const texts = readTexts({ file: 'devops-2017-2019.jsonl.gz', questions: 2901 });
const questions = texts.slice(0, 1835).map(toQuestion);
const tags = questions.map((question) => question.tags);
const { coverage: _, ...chosen } = chooseLabels(LABELS, tags);
const { featurizer, matrix: X } = fitFeaturizer(FEATURES, questions, chosen.classes);
const Y = binarizeLabels(chosen.classes, tags).matrix;
const settings = { train: TRAIN, second_stage: null, decision: DECISION };
const decided = await fitAndDecide(settings, { classes: chosen.classes, questions, X, Y }, { threads: 2 });

const parts = mkdtempSync(join(directory, 'parts-'));
const [labels, vectorizer] = [join(parts, 'labels.json'), join(parts, 'vectorizer.arrays')];
const months = { from: '2017-02', to: '2018-12' };
writeLabels(labels, { months, questions: questions.length, settings: LABELS, ...chosen });
writeVectorizer(vectorizer, featurizer);
const clean = { unicode_form: 'NFC' } as const;
writeModel(join(directory, 'model'), { labels, vectorizer }, { clean, ...settings }, decided, {
  numbers: {},
  sets: {},
});

const [block] = featurizer.blocks;
if (block?.kind !== 'tfidf') throw new Error('Bug: the block is another');
const { model } = decided.fit;
if (model.kind !== 'linear') throw new Error('Bug: the classifier is another');
const { terms, idf } = block.model;
const peer = { classes: chosen.classes, terms, idf: [...idf!], intercepts: [...model.intercepts] };
writeFileSync(join(directory, 'peer.json'), JSON.stringify(peer));
writeFileSync(join(directory, 'peer.coefficients'), model.coefficients);
const asked = texts.slice(1835).map(toQuestion);
writeFileSync(
  join(directory, 'questions.json'),
  JSON.stringify(asked.map(({ title, text }) => ({ title, body: text }))),
);

/** Without what would be markup or an entity: the peer takes texts as they come. */
function toQuestion({ text, tags: own }: TaggedText, id: number): CleanQuestion {
  const [title = '', ...lines] = text.replace(/[<>&]/g, ' ').split('\n');
  return {
    site: 'devops',
    id,
    title,
    text: lines.join('\n'),
    code: '',
    links: [],
    tags: own,
    creationDate: '',
    link: null,
  };
}

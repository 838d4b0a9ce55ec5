/**
 * `node predict-once.js FILE QUESTIONS SUPPORT`: fits a tagger of real questions, asks it one question after the other as the
 * server does, and prints what one costs.
 *
 * @module
 */

import { type ClassifierSettings, fitClassifier } from '../../stages/learn/classifier/index.ts';
import { type Fields, fitFeaturizer } from '../../stages/learn/features/index.ts';
import { binarizeLabels } from '../../stages/learn/labels/index.ts';
import { chooseLabels, type Tagger } from '../../stages/learn/tagger/index.ts';
import { createPredictor } from '../../stages/serve/index.ts';
import { readTexts } from './texts.ts';

/** What one question costs after the warm-up. */
export interface PredictReport {
  readonly tags: number;
  readonly questions: number;
  /** User and system, of all questions by their number. */
  readonly cpuMs: number;
  readonly medianMs: number;
  readonly p99Ms: number;
}

const WARM_UP = 500;
const ASKED = 5000;
const CLASSIFIER: ClassifierSettings = { kind: 'linear_svc', C: 1 };
const BLOCK = {
  kind: 'tfidf',
  fields: ['text'],
  sublinear_tf: true,
  min_df: 2,
  max_features: 20_000,
} as const;

const [file, count, support] = process.argv.slice(2);
const rows = readTexts({ file: file!, questions: Number(count) });
const questions = rows.map(({ text }): Fields => ({ title: '', text, code: '', links: [] }));
const tags = rows.map((row) => row.tags);
const { classes } = chooseLabels({ coverage: 1, min_support: Number(support) }, tags);
const { featurizer, matrix: X } = fitFeaturizer({ blocks: [BLOCK] }, questions, classes);
const { matrix: Y } = binarizeLabels(classes, tags);
const { model: classifier } = await fitClassifier(CLASSIFIER, X, Y, { threads: 2 });
const tagger: Tagger = {
  classes,
  featurizer,
  classifier,
  further: [],
  secondStage: null,
  decision: { kind: 'fixed', threshold: 0, at_least_one: false, max_tags: null },
  namedTags: null,
  calibration: null,
};
const { predict } = createPredictor(tagger);
const ask = (question: Fields): number => {
  const started = performance.now();
  predict(question, { topK: 5, threshold: undefined, words: 3 });
  return performance.now() - started;
};
for (const question of questions.slice(0, WARM_UP)) ask(question);
const asked = questions.slice(-ASKED);
const cpu = process.cpuUsage();
const times = asked.map(ask);
const { user, system } = process.cpuUsage(cpu);
const sorted = times.toSorted((a, b) => a - b);
const report: PredictReport = {
  tags: classes.length,
  questions: asked.length,
  cpuMs: (user + system) / 1000 / asked.length,
  medianMs: sorted[sorted.length >> 1]!,
  p99Ms: sorted[Math.floor(sorted.length * 0.99)]!,
};
console.log(JSON.stringify(report));

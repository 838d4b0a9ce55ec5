/**
 * A model directory: everything that is needed to tag a question, in one place.
 *
 * | file | what |
 * |---|---|
 * | `labels.json` | the tags that it knows |
 * | `vectorizer.arrays` | text to features |
 * | `classifier.arrays` | kind `linear`: `coefficients` f64 (tags x terms, row by row), `intercepts` f64 (tags) |
 * | `manifest.json` | from what, with which settings and by which version it was made; digests of the others |
 *
 * @module
 */

import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { StageFailure } from 'dvc-like/stage';
import type { LinearFit, LinearModel } from '../learn/linear/index.ts';
import type { ClassifierSettings, Tagger } from '../learn/tagger/index.ts';
import { readArrays, writeArrays } from './arrays.ts';
import { readLabels } from './labels-file.ts';
import { type Manifest, readManifest, verifyModel, writeManifest } from './manifest.ts';
import { readVectorizer } from './vectorizer-file.ts';

const LABELS = 'labels.json';
const VECTORIZER = 'vectorizer.arrays';
const CLASSIFIER = 'classifier.arrays';

/** @param parts The files of the labels and of the vectorizer that the classifier was fitted with. */
export function writeModel(
  directory: string,
  parts: { readonly labels: string; readonly vectorizer: string },
  settings: ClassifierSettings,
  { model, iterations, unconverged }: LinearFit,
): void {
  mkdirSync(directory, { recursive: true });
  copyFileSync(parts.labels, join(directory, LABELS));
  copyFileSync(parts.vectorizer, join(directory, VECTORIZER));
  const { labels: tags, features: terms, coefficients, intercepts } = model;
  writeArrays(join(directory, CLASSIFIER), {
    kind: 'linear',
    meta: { shape: [tags, terms] },
    arrays: { coefficients, intercepts },
  });
  const labels = readLabels(parts.labels);
  writeManifest(directory, [LABELS, VECTORIZER, CLASSIFIER], {
    months: labels.months,
    size: { questions: labels.questions, tags, terms },
    params: {
      labels: labels.settings,
      featurize: readVectorizer(parts.vectorizer).settings,
      train: settings,
    },
    convergence: {
      most_iterations: iterations.reduce((most, count) => Math.max(most, count), 0),
      unconverged: unconverged.map((label) => labels.classes[label]!),
    },
  });
}

/** @throws {StageFailure} If a file is missing, truncated, foreign, newer, or not of this model. */
export function readModel(directory: string): { readonly tagger: Tagger; readonly manifest: Manifest } {
  const manifest = readManifest(directory);
  verifyModel(directory, manifest);
  const { classes } = readLabels(join(directory, LABELS));
  const { settings, model: vectorizer } = readVectorizer(join(directory, VECTORIZER));
  const classifier = readClassifier(join(directory, CLASSIFIER), classes.length, vectorizer.terms.length);
  const { threshold } = manifest.params.train;
  return { manifest, tagger: { classes, fields: settings.fields, vectorizer, classifier, threshold } };
}

function readClassifier(path: string, labels: number, features: number): LinearModel {
  const { coefficients, intercepts } = readArrays(path, 'linear').arrays;
  const isValid =
    coefficients instanceof Float64Array &&
    intercepts instanceof Float64Array &&
    intercepts.length === labels &&
    coefficients.length === labels * features &&
    intercepts.every(Number.isFinite) &&
    coefficients.every(Number.isFinite);
  if (!isValid) throw new StageFailure(`Cannot read "${path}": it is not a classifier of ${labels} tags`);
  return { labels, features, coefficients, intercepts };
}

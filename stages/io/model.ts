/**
 * A model directory: everything that is needed to tag a question, in one place.
 *
 * | file | what |
 * |---|---|
 * | `labels.json` | the tags that it knows |
 * | `vectorizer.arrays` | question to features |
 * | `classifier.arrays` | from features to scores: one kind of arrays for each kind of classifier |
 * | `further-classifier-0.arrays` and so on | the same, by the classifiers of `second_stage.classifiers` |
 * | `further-vectorizer-0.arrays` and so on | question to the features of that classifier; only where it has blocks of its own |
 * | `second-stage.arrays` | from their scores to better ones; only where `second_stage` is set |
 * | `named-tags.arrays` | rare tags to give where they are named; only where `second_stage.named_tags` found some |
 * | `decision.json` | from scores to tags |
 * | `calibration.arrays` | from scores to probabilities; only where `decision.calibration` is set |
 * | `reference.json` | what the questions that it was trained on look like, to see others drift from them |
 * | `manifest.json` | from what, with which settings and by which version it was made; digests of the others |
 *
 * @module
 */

import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Classifier, ClassifierFit } from '../learn/classifier/index.ts';
import type { Reference } from '../learn/drift/index.ts';
import { columnsOf, type Featurizer } from '../learn/features/index.ts';
import type { DecidedFit, FurtherClassifier, Tagger } from '../learn/tagger/index.ts';
import { readCalibration, writeCalibration } from './calibration-file.ts';
import { readClassifier, writeClassifier } from './classifier-file.ts';
import { readDecision, writeDecision } from './decision-file.ts';
import { readLabels } from './labels-file.ts';
import { type Manifest, type ModelSettings, readManifest, verifyModel, writeManifest } from './manifest.ts';
import { readNamedTags, writeNamedTags } from './named-tags-file.ts';
import { readReference, writeReference } from './reference-file.ts';
import { readReranker, writeReranker } from './second-stage-file.ts';
import { readVectorizer, writeVectorizer } from './vectorizer-file.ts';

const LABELS = 'labels.json';
const VECTORIZER = 'vectorizer.arrays';
const CLASSIFIER = 'classifier.arrays';
const furtherClassifier = (place: number): string => `further-classifier-${place}.arrays`;
const furtherVectorizer = (place: number): string => `further-vectorizer-${place}.arrays`;
const SECOND_STAGE = 'second-stage.arrays';
const NAMED_TAGS = 'named-tags.arrays';
const DECISION = 'decision.json';
const CALIBRATION = 'calibration.arrays';
const REFERENCE = 'reference.json';

/** @param parts The files of the labels and of the vectorizer that the classifier was fitted with. */
export function writeModel(
  directory: string,
  parts: { readonly labels: string; readonly vectorizer: string },
  settings: ModelSettings,
  { fit, further, secondStage, namedTags, learned, calibration }: DecidedFit,
  reference: Reference,
): void {
  mkdirSync(directory, { recursive: true });
  copyFileSync(parts.labels, join(directory, LABELS));
  copyFileSync(parts.vectorizer, join(directory, VECTORIZER));
  const { labels: tags, features: columns } = fit.model;
  writeClassifier(join(directory, CLASSIFIER), fit.model);
  writeDecision(join(directory, DECISION), { settings: settings.decision, ...learned });
  writeReference(join(directory, REFERENCE), reference);
  const files = [LABELS, VECTORIZER, CLASSIFIER, DECISION, REFERENCE];
  further.forEach((other, place) => {
    writeClassifier(join(directory, furtherClassifier(place)), other.fit.model);
    files.push(furtherClassifier(place));
    if (other.featurizer === null) return;
    writeVectorizer(join(directory, furtherVectorizer(place)), other.featurizer);
    files.push(furtherVectorizer(place));
  });
  if (secondStage !== null) {
    writeReranker(join(directory, SECOND_STAGE), secondStage, further.length);
    files.push(SECOND_STAGE);
  }
  if (namedTags !== null) {
    writeNamedTags(join(directory, NAMED_TAGS), namedTags);
    files.push(NAMED_TAGS);
  }
  if (calibration !== null) {
    writeCalibration(join(directory, CALIBRATION), calibration);
    files.push(CALIBRATION);
  }
  const labels = readLabels(parts.labels);
  writeManifest(directory, files, {
    months: labels.months,
    size: { questions: labels.questions, tags, columns },
    params: {
      labels: labels.settings,
      featurize: readVectorizer(parts.vectorizer).settings,
      ...settings,
    },
    convergence: convergenceOf([fit, ...further.map((other) => other.fit)], labels.classes),
  });
}

function convergenceOf(fits: readonly ClassifierFit[], classes: readonly string[]): Manifest['convergence'] {
  const most = fits.map(({ iterations }) => iterations.reduce((a, b) => Math.max(a, b), 0));
  const unconverged = new Set(fits.flatMap((fit) => fit.unconverged));
  return {
    most_iterations: Math.max(...most),
    unconverged: classes.filter((_, label) => unconverged.has(label)),
  };
}

/** @throws {StageFailure} If a file is missing, truncated, foreign, newer, or not of this model. */
export function readModel(directory: string): {
  readonly tagger: Tagger;
  readonly manifest: Manifest;
  readonly reference: Reference;
} {
  const manifest = readManifest(directory);
  verifyModel(directory, manifest);
  const { classes } = readLabels(join(directory, LABELS));
  const featurizer = readVectorizer(join(directory, VECTORIZER));
  const readOne = (file: string, by: Featurizer): Classifier =>
    readClassifier(join(directory, file), classes.length, columnsOf(by));
  const classifier = readOne(CLASSIFIER, featurizer);
  const decision = readDecision(join(directory, DECISION), classes.length);
  const { second_stage, decision: tagging } = manifest.params;
  const further = (second_stage?.classifiers ?? []).map(({ blocks }, place): FurtherClassifier => {
    const own = blocks === undefined ? null : readVectorizer(join(directory, furtherVectorizer(place)));
    return { featurizer: own, classifier: readOne(furtherClassifier(place), own ?? featurizer) };
  });
  const secondStage =
    second_stage === null ? null : readReranker(join(directory, SECOND_STAGE), second_stage, classes.length);
  const namedTags = NAMED_TAGS in manifest.digests ? readNamedTags(join(directory, NAMED_TAGS)) : null;
  const calibration =
    tagging.calibration === null ? null : readCalibration(join(directory, CALIBRATION), classes.length);
  const reference = readReference(join(directory, REFERENCE));
  const tagger: Tagger = {
    classes,
    featurizer,
    classifier,
    further,
    secondStage,
    decision,
    namedTags,
    calibration,
  };
  return { manifest, reference, tagger };
}

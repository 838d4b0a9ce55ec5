/**
 * `labels.json`: the tags that a tagger knows, and those that it was shown and does not.
 *
 * @module
 */

import { StageFailure } from 'dvc-like/stage';
import type { TagCount } from '../learn/labels/index.ts';
import type { LabelSettings } from '../learn/tagger/index.ts';
import { readVersioned, writeJson } from './json.ts';

export interface LabelsFile {
  /** The months that the tags were counted in, both included. */
  readonly months: { readonly from: string; readonly to: string };
  readonly questions: number;
  readonly settings: LabelSettings;
  /** The labels in the order of the matrices' columns: by name. */
  readonly classes: readonly string[];
  /** Questions with each label. */
  readonly support: readonly number[];
  /** The tags of these months that are no labels, the most frequent first. */
  readonly unknown: readonly TagCount[];
}

const FORMAT = 'dvc-like/labels';
const VERSION = 1;

export const writeLabels = (path: string, labels: LabelsFile): void =>
  writeJson(path, { format: FORMAT, version: VERSION, ...labels });

/** @throws {StageFailure} If the file holds no labels. */
export function readLabels(path: string): LabelsFile {
  const labels = readVersioned(path, FORMAT, VERSION) as Partial<LabelsFile>;
  const { classes } = labels;
  const isValid =
    Array.isArray(classes) &&
    classes.every((name) => typeof name === 'string') &&
    labels.months !== undefined;
  if (!isValid) throw new StageFailure(`Cannot read "${path}": it has no list of classes`);
  return labels as LabelsFile;
}

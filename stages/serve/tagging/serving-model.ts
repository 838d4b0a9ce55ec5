/**
 * A model of the study as it is served: read whole, checked, and ready to be asked.
 *
 * @module
 */

import { statSync } from 'node:fs';
import { join } from 'node:path';
import { StageFailure } from 'dvc-like/stage';
import { type Manifest, modelId, readLabels, readModel } from '../../io/index.ts';
import type { Reference } from '../../learn/drift/index.ts';
import { questionText } from '../../learn/html/index.ts';
import type { Tagger } from '../../learn/tagger/index.ts';
import { type Asked, createPredictor, type PredictOptions } from './predict.ts';

export interface ServingModel {
  /** SHA-256 of its manifest, hexadecimal: the manifest names all other files by theirs. */
  readonly id: string;
  readonly manifest: Manifest;
  readonly tagger: Tagger;
  /** What the training questions look like. */
  readonly reference: Reference;
  /** Training questions with each of the tagger's classes. */
  readonly support: readonly number[];
  readonly ask: (question: AskedQuestion, options: PredictOptions) => Asked;
}

/** As a site has it: the title may hold HTML entities, the body is HTML. */
export interface AskedQuestion {
  readonly title: string;
  readonly body: string;
}

/** @throws {StageFailure} If there is no model in the directory, or one that is not whole. */
export function openModel(directory: string): ServingModel {
  if (statSync(directory, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new StageFailure(`Cannot use the model "${directory}": there is no such directory`, {
      hint: 'make it with "dvc-like repro train", bring it with "dvc-like pull", or name another by --model',
    });
  }
  const { tagger, manifest, reference } = readModel(directory);
  const { support } = readLabels(join(directory, 'labels.json'));
  const { predict } = createPredictor(tagger);
  const { unicode_form: form } = manifest.params.clean;
  const ask: ServingModel['ask'] = ({ title, body }, options) =>
    predict(questionText(title, body, form), options);
  return { id: modelId(directory), manifest, tagger, reference, support, ask };
}

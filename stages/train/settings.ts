/**
 * Where the settings of a classifier come from.
 *
 * @module
 */

import { type ParamsOf, StageFailure } from 'dvc-like/stage';
import { classifierSettings, type SearchFile, settingsOf, type trainSchema } from '../io/index.ts';
import type { ClassifierSettings } from '../learn/classifier/index.ts';

/**
 * The settings of `config.yaml`; with `from: search` those that the search found take the place of theirs.
 *
 * @throws {StageFailure} If nothing was searched, or what was is no setting.
 */
export function settingsFrom(train: ParamsOf<typeof trainSchema>, search: SearchFile): ClassifierSettings {
  const settings = classifierSettings(train);
  if (train.from === 'config') return settings;
  if (search.kind === 'not-searched') throw new StageFailure('There is no result of a search to train with');
  const unknown = Object.keys(search.settings).find((name) => !(name in settingsOf(train.kind)));
  if (unknown !== undefined)
    throw new StageFailure(`The search found "${unknown}", which ${train.kind} does not have`);
  return { ...settings, ...search.settings };
}

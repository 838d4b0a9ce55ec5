/**
 * The study that the working directory lies in.
 *
 * @module
 */

import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { StageFailure } from 'dvc-like/stage';
import { parse } from 'yaml';
import type { TrackSettings } from '../track/index.ts';

/** The nearest directory upward with a `config.yaml` and a `dvc-like.yaml`. @throws {StageFailure} If there is none. */
export function studyRoot(cwd: string): string {
  for (let directory = cwd; ; directory = dirname(directory)) {
    if (['config.yaml', 'dvc-like.yaml'].every((name) => existsSync(join(directory, name)))) return directory;
    if (directory !== dirname(directory)) continue;
    throw new StageFailure(`There is no study in ${cwd} or above it`, {
      hint: 'go to a directory with a config.yaml and a dvc-like.yaml',
    });
  }
}

/** What `track` of `config.yaml` says, with all the time there is. @throws {StageFailure} If it says nothing. */
export function trackSettings(root: string): TrackSettings {
  const { track } = (parse(readFileSync(join(root, 'config.yaml'), 'utf8')) ?? {}) as {
    readonly track?: { readonly experiment?: unknown; readonly registered_model?: unknown };
  };
  const { experiment, registered_model: registeredModel } = track ?? {};
  if (typeof experiment !== 'string' || typeof registeredModel !== 'string') {
    throw new StageFailure('config.yaml has no track.experiment and track.registered_model');
  }
  return { experiment, registeredModel, budgetMs: NO_HURRY_MS };
}

const NO_HURRY_MS = 600_000;

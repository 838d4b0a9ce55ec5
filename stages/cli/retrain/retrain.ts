/**
 * A challenger is trained on later months, and takes the champion's place if it is better beyond chance.
 *
 * The pipeline makes the challenger where the champion stands: what is in `models/` and `reports/` is one of them whole. A
 * challenger that is not promoted goes as it came: `config.yaml` is put back, and the pipeline restores what belongs to it
 * from its cache.
 *
 * @module
 */

import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StageFailure } from 'dvc-like/stage';
import { type Clock, type Manifest, monthsFrom, readCleanMonths, readModel } from '../../io/index.ts';
import type { Tagger } from '../../learn/tagger/index.ts';
import { judge } from './judge.ts';
import type { Pipeline } from './pipeline.ts';
import { type Contender, type Promotion, recordPromotion, toPromotion } from './promotions.ts';
import { moveWindow, readWindow, type Span, type Window, writeWindow } from './window.ts';

export interface RetrainOptions {
  /** Absolute, of the project. */
  readonly root: string;
  /** So many of the last watched months are compared on. */
  readonly months: number;
  readonly keepsFirst: boolean;
}

export interface RetrainPorts {
  readonly pipeline: Pipeline;
  readonly clock: Clock;
  readonly log: (message: string) => void;
  readonly signal: AbortSignal;
}

export interface Retraining {
  readonly now: Window;
  readonly then: Window;
  /** The months that both are compared on. */
  readonly compared: Span;
}

const CONFIG = 'config.yaml';
const MODEL = 'models/supervised';

/** @throws {StageFailure} If `config.yaml` says nothing of months, or nothing would be new. */
export function planRetraining({ root, ...options }: RetrainOptions): Retraining {
  const path = join(root, CONFIG);
  if (!existsSync(path)) {
    throw new StageFailure(`There is no ${CONFIG} in ${root}`, { hint: 'go to the root of the study' });
  }
  const now = readWindow(readFileSync(path, 'utf8'));
  const then = moveWindow(now, options);
  return { now, then, compared: then.watch };
}

/** The settings that move the months, for `dvc-like repro --set-param`. */
export const settingsOf = ({ train, watch }: Window): readonly string[] =>
  Object.entries({ train, watch }).flatMap(([part, { from, to }]) => [
    `months.${part}.from=${from}`,
    `months.${part}.to=${to}`,
  ]);

/**
 * @returns What was decided; it is recorded.
 * @throws {StageFailure} If the pipeline fails, or its results are not those of `config.yaml` to begin with.
 */
export async function retrain(options: RetrainOptions, ports: RetrainPorts): Promise<Promotion> {
  const { root } = options;
  const { now, then, compared } = planRetraining(options);
  const champion = openContender(root, now.train);
  const path = join(root, CONFIG);
  const before = readFileSync(path, 'utf8');
  let isPromoted = false;
  try {
    writeFileSync(path, writeWindow(before, then));
    ports.log(`The challenger learns from ${then.train.from} to ${then.train.to}`);
    await reproduce(ports);
    const challenger = openContender(root, then.train);
    const questions = readCleanMonths(
      monthsFrom(compared.from, compared.to).map((month) => join(root, `data/clean/${month}.jsonl`)),
    );
    const judgement = judge(champion.tagger, challenger.tagger, questions);
    const at = new Date(ports.clock.nowMs()).toISOString();
    const promotion = toPromotion(at, compared, judgement, champion.facts, challenger.facts);
    recordPromotion(root, promotion);
    isPromoted = promotion.decision === 'promoted';
    return promotion;
  } finally {
    if (!isPromoted) {
      writeFileSync(path, before);
      ports.log('The champion stays: bringing its files back');
      // What the pipeline says is shown; a failure here must not hide what led to it.
      const exitCode = await ports.pipeline.repro([]);
      if (exitCode !== 0) ports.log(`${CONFIG} is as it was; bring its results back with "dvc-like repro"`);
    }
  }
}

async function reproduce({ pipeline, signal }: RetrainPorts): Promise<void> {
  const exitCode = await pipeline.repro([]);
  signal.throwIfAborted();
  if (exitCode === 0) return;
  throw new StageFailure('The pipeline did not make a challenger', { hint: 'what it printed says why' });
}

interface OpenedContender {
  readonly tagger: Tagger;
  readonly facts: Omit<Contender, 'f1_micro_all_tags'>;
}

function openContender(root: string, train: Span): OpenedContender {
  const directory = join(root, MODEL);
  if (!existsSync(directory)) {
    throw new StageFailure(`There is no model in ${MODEL}`, { hint: 'run "dvc-like repro" first' });
  }
  const { tagger, manifest } = readModel(directory);
  if (!isTrainedOn(manifest, train)) {
    throw new StageFailure(
      `The model was trained on ${manifest.months.from} to ${manifest.months.to}, ${CONFIG} says ${train.from} to ${train.to}`,
      { hint: 'run "dvc-like repro" first' },
    );
  }
  const model = createHash('sha256')
    .update(readFileSync(join(directory, 'manifest.json')))
    .digest('hex');
  return { tagger, facts: { model, trained_on: train } };
}

const isTrainedOn = ({ months }: Manifest, { from, to }: Span): boolean =>
  months.from === from && months.to === to;

/**
 * The study from the synthetic world to the monitoring, in memory, with the settings of `config.yaml`.
 *
 * @module
 */

import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { cleanQuestions } from '../../stages/clean/clean-questions.ts';
import { makeMonth } from '../../stages/collect/synthetic.ts';
import { evaluateHoldOut, type Recipe } from '../../stages/evaluate/hold-out.ts';
import { type CleanQuestion, monthAt, monthStartSeconds } from '../../stages/io/index.ts';
import { fitFeaturizer } from '../../stages/learn/features/index.ts';
import { binarizeLabels } from '../../stages/learn/labels/index.ts';
import { createRandom } from '../../stages/learn/random/index.ts';
import { chooseLabels, fitAndDecide, scoreTag, type Tagger } from '../../stages/learn/tagger/index.ts';
import { type MonitorInputs, type Monitoring, monitorMonths } from '../../stages/monitor/monitoring.ts';
import type { MonitorSettings } from '../../stages/monitor/settings.ts';
import { referenceOf } from '../../stages/train/reference.ts';
import { makeWorld } from '../../stages/truth/world.ts';

export interface Plan {
  readonly seed: number;
  readonly trainingMonths: number;
  readonly watchedMonths: number;
  readonly questionsPerMonth: number;
  /** Of tag occurrences: how many tags are learned. */
  readonly coverage: number;
  /** Numbers of months from 1 on; 0: never. */
  readonly drift: { readonly appears: number; readonly vocabulary: number; readonly frequencies: number };
}

export interface StudyInMemory {
  readonly inputs: MonitorInputs;
  readonly monitoring: Monitoring;
}

const FIRST_MONTH = '2021-01';
const HELD_OUT_MONTHS = 3;

/** @param config The text of `config.yaml`. */
export async function studyInMemory(plan: Plan, config: string): Promise<StudyInMemory> {
  const settings = parse(config) as {
    readonly labels: Recipe['labels'];
    readonly featurize: Recipe['featurize'];
    readonly train: Recipe['train'] & { readonly from: string };
    readonly decision: Recipe['decision'];
    readonly quality: 'best' | 'fast';
    readonly second_stage: Recipe['second_stage'];
    readonly monitor: MonitorSettings;
  };
  const { from: _, ...train } = settings.train;
  const recipe: Recipe = {
    labels: { ...settings.labels, coverage: plan.coverage },
    featurize: settings.featurize,
    train,
    second_stage: settings.quality === 'best' ? settings.second_stage : null,
    decision: settings.decision,
  };
  const months = drawMonths(plan);
  const training = months.slice(0, plan.trainingMonths);
  const questions = training.flatMap((month) => month.questions);
  const options = { threads: 1 };
  const heldOut = await evaluateHoldOut(
    recipe,
    training.slice(0, -HELD_OUT_MONTHS).flatMap((month) => month.questions),
    training.slice(-HELD_OUT_MONTHS).flatMap((month) => month.questions),
    options,
  );
  const tags = questions.map((question) => question.tags);
  const { classes } = chooseLabels(recipe.labels, tags);
  const { featurizer, matrix: X } = fitFeaturizer(recipe.featurize, questions, classes);
  const { matrix: Y } = binarizeLabels(classes, tags);
  const fitted = await fitAndDecide(recipe, { classes, questions, X, Y }, options);
  const { fit, further, secondStage, namedTags, learned, calibration } = fitted;
  const tagger: Tagger = {
    classes,
    featurizer,
    classifier: fit.model,
    further: further.map(({ featurizer: own, fit: { model } }) => ({ featurizer: own, classifier: model })),
    secondStage,
    decision: learned.decision,
    namedTags,
    calibration,
  };
  const reference = referenceOf(featurizer, classes, questions, fitted);
  const inputs: MonitorInputs = {
    tagger,
    trainingQuestions: questions.length,
    reference: { ...reference, numbers: { ...reference.numbers, ...heldOut.reference.numbers } },
    heldOut: {
      scores: heldOut.scores,
      tags: new Map(heldOut.tags.map((counts) => [counts.tag, scoreTag(counts)])),
    },
    recent: training.slice(-settings.monitor.reference_months).flatMap((month) => month.questions),
    months: months.slice(plan.trainingMonths),
    served: null,
  };
  return { inputs, monitoring: monitorMonths(settings.monitor, inputs) };
}

function drawMonths(
  plan: Plan,
): readonly { readonly month: string; readonly questions: readonly CleanQuestion[] }[] {
  const { seed, questionsPerMonth, drift } = plan;
  const nameOf = (number: number): string => monthAt(FIRST_MONTH, number - 1);
  const world = makeWorld(
    { seed, firstMonth: FIRST_MONTH, questionsPerMonth, drift, monthAt: nameOf },
    createRandom(`world ${seed}`),
  );
  return Array.from({ length: plan.trainingMonths + plan.watchedMonths }, (_, i) => {
    const month = nameOf(i + 1);
    const startSeconds = monthStartSeconds(month);
    const days = (monthStartSeconds(nameOf(i + 2)) - startSeconds) / 86_400;
    const drawn = makeMonth(world, i + 1, { startSeconds, days }, createRandom(`month ${seed} ${i + 1}`));
    return { month, questions: cleanQuestions(drawn, 'NFC').questions };
  });
}

/** `config.yaml` of this repository. @param root With a slash at its end. */
export const readConfig = (root: URL): string => readFileSync(new URL('config.yaml', root), 'utf8');

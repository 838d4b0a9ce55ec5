/**
 * `report`: the watched months together, for people and for machines.
 *
 * In: `data/truth.json`, the model's manifest, the held-out metrics, then each month's scores and each month's tag
 * counts. Out: `report.json`, `index.html`, `metrics.json`, `months.csv`, `tags.csv`.
 *
 * @module
 */

import { writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { type ParamsOf, type StageContext, StageFailure } from 'dvc-like/stage';
import {
  type Drift,
  readJson,
  readManifest,
  readTagCounts,
  readTruth,
  type Truth,
  writeCsv,
  writeJson,
} from '../io/index.ts';
import type { Scores } from '../learn/tagger/index.ts';
import { renderPage } from './page.ts';
import { type Summary, summarize, type WatchedMonth } from './summary.ts';

export const params = {
  type: 'object',
  additionalProperties: false,
  required: ['report'],
  properties: {
    report: {
      type: 'object',
      additionalProperties: false,
      required: ['min_support'],
      properties: {
        min_support: {
          type: 'integer',
          minimum: 1,
          description: 'A tag is judged when each half of the watched months has so many questions with it',
        },
      },
    },
  },
} as const;

export default async function run(context: StageContext<ParamsOf<typeof params>>): Promise<void> {
  const [truthPath, modelPath, evaluationPath, ...monthly] = context.deps;
  const [reportOut, pageOut, metricsOut, monthsOut, tagsOut] = context.outs;
  const minSupport = context.params.report.min_support;
  const truth = readTruth(truthPath!);
  const evaluation = readJson(evaluationPath!) as Scores;
  const { months: trainedOn } = readManifest(modelPath!);
  const summary = summarize(readMonths(monthly), minSupport);
  const notice = truth.kind === 'synthetic' ? truth.notice : null;

  writeJson(reportOut!, { notice, trainedOn, reference: evaluation, ...summary });
  const planted = plantedByMonth(truth);
  const reference = evaluation.f1_micro;
  writeFileSync(pageOut!, renderPage({ summary, reference, notice, planted, trainedOn, minSupport }));
  const { total, worst } = summary;
  writeJson(metricsOut!, {
    months: summary.months.length,
    ...total,
    worst_month_f1_micro: worst?.f1_micro ?? null,
  });
  writeTables(summary, monthsOut!, tagsOut!);
  context.log(`Micro F1 over ${summary.months.length} months: ${total.f1_micro?.toFixed(3) ?? 'none'}`);
}

/** @param paths The months' scores `2019-01.json`, then in the same order their tag counts `2019-01.tags.json`. */
function readMonths(paths: readonly string[]): readonly WatchedMonth[] {
  const scores = paths.slice(0, paths.length / 2);
  const tags = paths.slice(paths.length / 2);
  return scores.map((path, i) => {
    const month = basename(path, '.json');
    if (basename(tags[i]!) !== `${month}.tags.json`)
      throw new StageFailure(`"${tags[i]!}" does not go with "${path}"`);
    return { month, scores: readJson(path) as Scores, tags: readTagCounts(tags[i]!) };
  });
}

function plantedByMonth(truth: Truth): ReadonlyMap<string, string> {
  if (truth.kind !== 'synthetic') return new Map();
  const planted = new Map<string, string>();
  for (const drift of truth.drift) {
    const before = planted.get(drift.month);
    planted.set(drift.month, (before === undefined ? '' : `${before}; `) + describeDrift(drift));
  }
  return planted;
}

function describeDrift(drift: Drift): string {
  switch (drift.kind) {
    case 'tag-appears':
      return `the tag ${drift.tag} appears`;
    case 'vocabulary-changes':
      return `the vocabulary of ${drift.tag} changes`;
    case 'frequencies-shift':
      return `the frequencies of ${Object.keys(drift.perMonth).join(' and ')} shift`;
  }
}

function writeTables({ months, tags }: Summary, monthsOut: string, tagsOut: string): void {
  const columns = [
    'questions',
    'f1_micro',
    'f1_micro_all_tags',
    'precision_micro',
    'recall_micro',
    'f1_macro',
    'hamming_loss',
    'subset_accuracy',
    'true_positives',
    'false_positives',
    'false_negatives',
    'unknown_tags',
  ] as const;
  writeCsv(
    monthsOut,
    ['month', ...columns],
    months.map(({ month, scores }) => [month, ...columns.map((column) => scores[column])]),
  );
  writeCsv(
    tagsOut,
    ['tag', 'known', 'support', 'precision', 'recall', 'f1'],
    tags.map(({ tag, known, support, precision, recall, f1 }) => [
      tag,
      String(known),
      support,
      precision,
      recall,
      f1,
    ]),
  );
}

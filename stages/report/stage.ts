/**
 * `report`: the watched months together, for people and for machines.
 *
 * In: `data/truth.json`, the model's manifest and decision, the held-out scores by threshold, what the search tried,
 * each watched month's scores and tag counts, every month's counts of data. Out: `report.json`, `index.html`,
 * `metrics.json`, `months.csv`, `tags.csv`.
 *
 * @module
 */

import { writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { ParamsOf, StageContext } from 'dvc-like/stage';
import { readCsv, readJson, readManifest, readTruth, writeJson } from '../io/index.ts';
import type { Scores } from '../learn/tagger/index.ts';
import { depNamed, readDataMonths, readThresholds, readWatchedMonths } from './inputs.ts';
import { madeFrom } from './made-from.ts';
import { renderReport } from './page/page.ts';
import { plantedByMonth } from './planted.ts';
import { summarize } from './summary.ts';
import { writeTables } from './tables.ts';

export const params = {
  type: 'object',
  additionalProperties: false,
  required: ['report'],
  properties: {
    report: {
      type: 'object',
      additionalProperties: false,
      required: ['min_support', 'false_discovery_rate'],
      properties: {
        min_support: {
          type: 'integer',
          minimum: 1,
          description: 'A tag is judged when each half of the watched months has so many questions with it',
        },
        false_discovery_rate: {
          type: 'number',
          exclusiveMinimum: 0,
          exclusiveMaximum: 1,
          description: 'Of the tags said to be less predictable at most this share, on average, is not',
        },
      },
    },
  },
} as const;

export default async function run(context: StageContext<ParamsOf<typeof params>>): Promise<void> {
  const { deps } = context;
  const [reportOut, pageOut, metricsOut, monthsOut, tagsOut] = context.outs;
  const { min_support: minSupport, false_discovery_rate: falseDiscoveryRate } = context.params.report;
  const truth = readTruth(depNamed(deps, 'data/truth.json'));
  const reference = readJson(depNamed(deps, 'reports/evaluate/metrics.json')) as Scores;
  const manifest = readManifest(depNamed(deps, 'models/supervised/manifest.json'));
  const summary = summarize(readWatchedMonths(deps), minSupport, falseDiscoveryRate);
  const notice = truth.kind === 'synthetic' ? truth.notice : null;
  const { months: trainedOn } = manifest;
  const { total, worst, falls } = summary;

  writeJson(reportOut!, { notice, trainedOn, reference, ...summary });
  writeJson(metricsOut!, {
    months: summary.months.length,
    ...total,
    worst_month_f1_micro: worst?.f1_micro ?? null,
    tags_judged: falls.judged,
    tags_fallen: falls.fallen.length,
  });
  writeTables(summary, monthsOut!, tagsOut!);
  const page = await renderReport({
    summary,
    reference,
    notice,
    planted: plantedByMonth(truth),
    trainedOn,
    minSupport,
    falseDiscoveryRate,
    thresholds: {
      thresholds: readThresholds(depNamed(deps, 'reports/evaluate/thresholds.csv')),
      chosen: {
        precision: reference.precision_micro,
        recall: reference.recall_micro,
        f1: reference.f1_micro,
        thresholds: thresholdsOf(readJson(depNamed(deps, 'models/supervised/decision.json'))),
      },
    },
    candidates: readCsv(depNamed(deps, 'reports/search/candidates.csv')),
    data: readDataMonths(deps, new Set(summary.months.map(({ month }) => month))),
    madeFrom: madeFrom(deps, projectOf(deps), manifest, context.params),
  });
  writeFileSync(pageOut!, page);
  context.log(
    `Micro F1 over ${summary.months.length} months: ${total.f1_micro?.toFixed(3) ?? 'none'}; ` +
      `${falls.fallen.length} of ${falls.judged} tags became less predictable`,
  );
}

/** One for all, or one for each tag or rank; none where the best tags are given whatever their scores. */
function thresholdsOf(file: unknown): readonly number[] {
  const { decision } = file as {
    readonly decision: { readonly threshold?: number; readonly thresholds?: readonly number[] };
  };
  return decision.thresholds ?? (decision.threshold === undefined ? [] : [decision.threshold]);
}

/** The directory that `data/truth.json` is named from. */
const projectOf = (deps: readonly string[]): string => dirname(dirname(depNamed(deps, 'data/truth.json')));

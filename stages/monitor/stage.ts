/**
 * `monitor`: whether the model still fits what is asked, and what to do.
 *
 * In: the model, `data/truth.json`, the held-out scores, the training months and the watched ones. Out: `monitor.json`,
 * `evidently.json`, `metrics.prom`, `history.openmetrics`, `index.html`, `status.json`.
 *
 * @module
 */

import { writeFileSync } from 'node:fs';
import { type ParamsOf, type StageContext, StageFailure } from 'dvc-like/stage';
import { writeJson } from '../io/index.ts';
import { evidentlyColumns, evidentlyReport } from './evidently-report.ts';
import { openMetricsHistory, prometheusText } from './exposition.ts';
import { readInputs } from './inputs.ts';
import { monitorMonths } from './monitoring.ts';
import { renderMonitoring } from './page/page.ts';
import { toRecord } from './record.ts';
import { decideStatus } from './status.ts';

const orNone = (description: string) => ({ type: ['number', 'null'], description }) as const;

export const params = {
  type: 'object',
  additionalProperties: false,
  required: ['monitor', 'gates'],
  properties: {
    monitor: {
      type: 'object',
      additionalProperties: false,
      required: ['reference_months', 'min_support', 'false_discovery_rate'],
      properties: {
        reference_months: {
          type: 'integer',
          minimum: 1,
          description: 'The last training months, that texts and words are compared with',
        },
        min_support: {
          type: 'integer',
          minimum: 1,
          description: "A tag's F1 is judged in a month where so many of its questions have it",
        },
        false_discovery_rate: {
          type: 'number',
          exclusiveMinimum: 0,
          exclusiveMaximum: 1,
          description: 'Of what is said to have drifted at most this share, on average, has not',
        },
      },
    },
    gates: {
      type: 'object',
      additionalProperties: false,
      required: ['f1_micro_below', 'drift_share_above', 'stale_days', 'fail'],
      properties: {
        f1_micro_below: orNone('Retrain where micro F1 of the last month is below; null: never'),
        drift_share_above: orNone('Retrain where more of the watched columns drifted in the last month'),
        stale_days: orNone('Retrain where the last month ends so many days after training'),
        fail: { type: 'boolean', description: 'A gate that is not passed fails the run' },
      },
    },
  },
} as const;

export default async function run(context: StageContext<ParamsOf<typeof params>>): Promise<void> {
  const { monitor: settings, gates } = context.params;
  const [recordOut, evidentlyOut, metricsOut, historyOut, pageOut, statusOut] = context.outs;
  const inputs = readInputs(context.deps, settings.reference_months);
  const monitoring = monitorMonths(settings, inputs);
  const status = decideStatus(monitoring, gates, inputs.trainedOn.to);
  const evidently = inputs.months.map(({ month, questions }) => ({
    month,
    columns: evidentlyColumns(inputs.recent, questions),
  }));
  writeJson(recordOut!, toRecord(inputs, monitoring, status, evidently));
  writeJson(evidentlyOut!, evidentlyReport(evidently.at(-1)?.columns ?? []));
  writeFileSync(metricsOut!, prometheusText(monitoring, status));
  writeFileSync(historyOut!, openMetricsHistory(monitoring));
  writeFileSync(pageOut!, await renderMonitoring({ inputs, monitoring, status, evidently, settings, gates }));
  writeJson(statusOut!, status);
  context.log(`${status.status}: ${status.months_drifted} of ${monitoring.months.length} months drifted`);
  if (status.failed_gates === '') return;
  context.log(status.failed_gates);
  if (gates.fail) {
    throw new StageFailure(`The model has not passed its gates: ${status.failed_gates}`, {
      hint: 'train it again on later months, or change gates in config.yaml',
    });
  }
}

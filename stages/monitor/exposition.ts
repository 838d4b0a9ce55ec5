/**
 * The months as Prometheus reads them: the state now in its text format, and the past as OpenMetrics with times, for
 * `promtool tsdb create-blocks-from openmetrics`.
 *
 * @module
 */

import { monthAt, monthStartSeconds } from '../io/index.ts';
import type { Monitoring } from './monitoring.ts';
import type { Status } from './status.ts';

interface Family {
  readonly name: string;
  readonly help: string;
  readonly samples: readonly Sample[];
}

interface Sample {
  readonly labels?: Readonly<Record<string, string>>;
  readonly value: number | null;
  /** Since 1970; only in the past. */
  readonly seconds?: number;
}

export const prometheusText = (monitoring: Monitoring, status: Status): string => {
  const last = monitoring.months.at(-1);
  const families: readonly Family[] = [
    gauge('so_tags_monitor_level', 'What to do: 0 healthy, 1 watch, 2 retrain.', [{ value: status.level }]),
    gauge(
      'so_tags_monitor_stale_seconds',
      'Time of data from the end of training to the last watched month.',
      [{ value: status.stale_days * 86_400 }],
    ),
    gauge('so_tags_monitor_drift_share', 'Share of watched columns that drifted in the last month.', [
      { value: status.drift_share },
    ]),
    gauge('so_tags_monitor_months_drifted', 'Watched months in which something drifted.', [
      { value: status.months_drifted },
    ]),
    gauge('so_tags_monitor_cusum', 'Lower CUSUM of monthly micro F1, in standard errors.', [
      { value: status.cusum },
    ]),
    gauge(
      'so_tags_monitor_column_q_value',
      'Adjusted p-value of each watched column in the last month.',
      (last === undefined ? [] : [...last.columns, ...textOf(last)]).map(({ column, q }) => ({
        labels: { column },
        value: q,
      })),
    ),
    ...monthly(monitoring).map((family) => ({
      ...family,
      samples: family.samples.map(({ labels, value }) => ({ ...(labels && { labels }), value })),
    })),
    gauge(
      'so_tags_tag_f1',
      'F1 of each tag that is predicted in the last month.',
      [...(last?.tags ?? [])].flatMap(([tag, { f1 }]) =>
        f1 === null ? [] : [{ labels: { tag }, value: f1 }],
      ),
    ),
  ];
  return render(families);
};

export const openMetricsHistory = (monitoring: Monitoring): string =>
  `${render(
    monthly(monitoring).map((family) => ({
      ...family,
      samples: family.samples.map(({ labels, value }) => ({
        value,
        seconds: monthStartSeconds(monthAt(labels!['month']!, 1)) - 1,
      })),
    })),
  )}# EOF\n`;

function monthly({ months }: Monitoring): readonly Family[] {
  const family = (
    name: string,
    help: string,
    of: (month: Monitoring['months'][number]) => number | null,
  ): Family =>
    gauge(
      name,
      help,
      months.map((month) => ({ labels: { month: month.month }, value: of(month) })),
    );
  return [
    family(
      'so_tags_monthly_f1_micro',
      'Micro F1 over known tags by month (ratio 0 to 1).',
      ({ scores }) => scores.f1_micro,
    ),
    family(
      'so_tags_monthly_f1_micro_all_tags',
      'Micro F1 over all true tags by month.',
      ({ scores }) => scores.f1_micro_all_tags,
    ),
    family(
      'so_tags_monthly_f1_micro_expected',
      'Micro F1 that calibrated probabilities expect.',
      (month) => month.expectedF1,
    ),
    family(
      'so_tags_monthly_f1_ceiling',
      'Micro F1 over all true tags if known tags were right.',
      (month) => month.f1Ceiling,
    ),
    family(
      'so_tags_monthly_drift_share',
      'Share of watched columns that drifted by month.',
      (month) => month.driftShare,
    ),
    family('so_tags_monthly_questions', 'Questions by month.', ({ scores }) => scores.questions),
  ];
}

const textOf = ({ text }: Monitoring['months'][number]) =>
  text === null ? [] : [{ column: 'text', q: text.q }];

const gauge = (name: string, help: string, samples: readonly Sample[]): Family => ({
  name,
  help,
  samples: samples.filter(({ value }) => value !== null),
});

/** A family without samples is left out. */
const render = (families: readonly Family[]): string =>
  families
    .filter(({ samples }) => samples.length > 0)
    .map(({ name, help, samples }) => {
      const lines = samples.map(({ labels = {}, value, seconds }) => {
        const pairs = Object.entries(labels).map(([key, text]) => `${key}="${escapeLabel(text)}"`);
        return `${name}${pairs.length === 0 ? '' : `{${pairs.join(',')}}`} ${value!}${seconds === undefined ? '' : ` ${seconds}`}\n`;
      });
      return `# HELP ${name} ${help}\n# TYPE ${name} gauge\n${lines.join('')}`;
    })
    .join('');

const escapeLabel = (text: string): string =>
  text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');

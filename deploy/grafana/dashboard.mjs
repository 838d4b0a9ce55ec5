/**
 * The dashboard of `so-tagger serve`, built by Grafana's SDK. `dashboards/so-tagger.json` is what this makes: a test holds
 * the two together, and `DVC_LIKE_UPDATE=1 npm test -- observability` writes it anew.
 *
 * @module
 */

import {
  DashboardBuilder,
  DatasourceVariableBuilder,
  RowBuilder,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { DataqueryBuilder } from '@grafana/grafana-foundation-sdk/prometheus';
import { PanelBuilder as Stat } from '@grafana/grafana-foundation-sdk/stat';
import { PanelBuilder as Series } from '@grafana/grafana-foundation-sdk/timeseries';

const SOURCE = { type: 'prometheus', uid: '${source}' };

const PREDICTIONS = 'route=~"/predict|/invocations"';
const percentile = (share) =>
  `histogram_quantile(${share}, sum by (le) (rate(so_tagger_http_request_duration_seconds_bucket{${PREDICTIONS}}[5m])))`;

/** Row by row: title, unit, queries with their legends. */
const ROWS = {
  'Is it well?': [
    [Stat, 'Ready', 'short', [['sum(so_tagger_ready)', 'ready']]],
    [Stat, 'Model', 'short', [['so_tagger_model_info', '{{model}}: {{trained_from}} to {{trained_to}}']]],
    [Stat, 'Model on disk refused', 'short', [['max(so_tagger_model_on_disk_refused)', 'refused']]],
    [Stat, 'Drift in the window', 'short', [['max(so_tagger_window_drift_detected)', 'drift']]],
  ],
  Requests: [
    [
      Series,
      'Requests',
      'reqps',
      [['sum by (route, code) (rate(so_tagger_http_requests_total[5m]))', '{{route}} {{code}}']],
    ],
    [
      Series,
      'Time of a prediction',
      's',
      [
        [percentile(0.5), 'median'],
        [percentile(0.99), '99th percentile'],
      ],
    ],
    [
      Series,
      'Questions',
      'cps',
      [
        ['sum(rate(so_tagger_questions_total[5m]))', 'questions'],
        ['sum(rate(so_tagger_questions_without_tag_total[5m]))', 'without a tag'],
      ],
    ],
    [
      Series,
      'Tags given',
      'cps',
      [['topk(10, sum by (tag) (rate(so_tagger_tags_given_total[5m])))', '{{tag}}']],
    ],
  ],
  'Questions beside those of training': [
    [
      Series,
      'q-value by column: at most 0.05 is drift',
      'short',
      [['min by (column) (so_tagger_window_column_q_value)', '{{column}}']],
    ],
    [
      Series,
      'Share of unknown words',
      'percentunit',
      [
        ['avg by (point) (so_tagger_window_column_value{column="oov_rate"})', 'now {{point}}'],
        ['avg by (point) (so_tagger_reference_column_value{column="oov_rate"})', 'training {{point}}'],
      ],
    ],
    [
      Series,
      'Score of the best tag',
      'short',
      [
        ['avg by (point) (so_tagger_window_column_value{column="top_score"})', 'now {{point}}'],
        ['avg by (point) (so_tagger_reference_column_value{column="top_score"})', 'training {{point}}'],
      ],
    ],
    [
      Series,
      'Tags whose share changed most',
      'percentunit',
      [
        [
          'topk(10, abs(avg by (tag) (so_tagger_window_tag_share) - avg by (tag) (so_tagger_reference_tag_share)))',
          '{{tag}}',
        ],
      ],
    ],
  ],
  Process: [
    [Series, 'Memory', 'bytes', [['process_resident_memory_bytes{job="so-tagger"}', '{{instance}}']]],
    [
      Series,
      'Processor',
      'percentunit',
      [['rate(process_cpu_seconds_total{job="so-tagger"}[5m])', '{{instance}}']],
    ],
    [
      Series,
      'Lag of the event loop',
      's',
      [['nodejs_eventloop_lag_p99_seconds{job="so-tagger"}', '{{instance}}']],
    ],
  ],
};

export function dashboard() {
  const built = new DashboardBuilder('so-tagger')
    .uid('so-tagger')
    .tags(['so-tagger'])
    .refresh('30s')
    .time({ from: 'now-6h', to: 'now' })
    .withVariable(new DatasourceVariableBuilder('source').label('Source').type('prometheus'));
  for (const [title, panels] of Object.entries(ROWS)) {
    built.withRow(new RowBuilder(title));
    for (const panel of panels) built.withPanel(panelOf(panel, 24 / panels.length));
  }
  return built.build();
}

function panelOf([Builder, title, unit, queries], span) {
  const panel = new Builder()
    .title(title)
    .unit(unit)
    .datasource(SOURCE)
    .span(span)
    .height(Builder === Stat ? 4 : 8);
  queries.forEach(([expr, legend], i) => {
    panel.withTarget(
      new DataqueryBuilder()
        .refId(String.fromCharCode(65 + i))
        .expr(expr)
        .legendFormat(legend),
    );
  });
  return Builder === Stat ? panel.textMode(title === 'Model' ? 'name' : 'auto') : panel;
}

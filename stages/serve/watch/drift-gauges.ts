/**
 * The rolling window beside the reference, as gauges.
 *
 * @module
 */

import { Gauge, type Registry } from 'prom-client';
import {
  compare,
  FEWEST_QUESTIONS,
  type Histogram,
  type Reference,
  type Sample,
} from '../../learn/drift/index.ts';

export interface DriftGauges {
  readonly set: (reference: Reference, sample: Sample) => void;
}

/** Tags whose shares are shown: the most frequent of the reference. */
const MOST_TAGS = 30;
const POINTS = { p10: 0.1, p50: 0.5, p90: 0.9 } as const;

export function createDriftGauges(registry: Registry): DriftGauges {
  const gauge = (name: string, help: string, ...labelNames: readonly string[]): Gauge =>
    new Gauge({ name: `so_tagger_${name}`, help, labelNames: [...labelNames], registers: [registry] });
  const questions = gauge('window_questions', 'Questions in the rolling window.');
  const detected = gauge(
    'window_drift_detected',
    '1 where a column of the window has drifted from training.',
  );
  const drift = gauge('window_column_drift', '1 where the column has drifted from training.', 'column');
  const q = gauge(
    'window_column_q_value',
    'How often chance alone makes such a difference, adjusted for the number of columns.',
    'column',
  );
  const value = gauge('window_column_value', 'Percentiles of the column in the window.', 'column', 'point');
  const expected = gauge(
    'reference_column_value',
    'Percentiles of the column in training, to the width of a bin.',
    'column',
    'point',
  );
  const share = gauge(
    'window_tag_share',
    'Share of the questions of the window that are given the tag.',
    'tag',
  );
  const usual = gauge(
    'reference_tag_share',
    'Share of the training questions that are given the tag.',
    'tag',
  );

  const setValues = (reference: Reference, { numbers }: Sample): void => {
    for (const [column, histogram] of Object.entries(reference.numbers)) {
      const values = numbers[column]?.filter((each) => !Number.isNaN(each)).sort();
      if (values === undefined) continue;
      for (const [point, part] of Object.entries(POINTS)) {
        if (values.length > 0) value.set({ column, point }, values[Math.floor(part * (values.length - 1))]!);
        const edge = percentile(histogram, part);
        if (edge !== undefined) expected.set({ column, point }, edge);
      }
    }
  };
  const setShares = ({ sets }: Reference, sample: Sample): void => {
    const { predicted_tag: known } = sets;
    if (known === undefined) return;
    const frequent = [...known.members].sort(([, a], [, b]) => b - a).slice(0, MOST_TAGS);
    for (const [tag, count] of frequent) {
      usual.set({ tag }, count / known.questions);
      share.set({ tag }, (sample.sets['predicted_tag']?.get(tag) ?? 0) / sample.questions);
    }
  };
  return {
    set: (reference, sample) => {
      for (const each of [drift, q, value, expected, share, usual]) each.reset();
      questions.set(sample.questions);
      detected.set(0);
      if (sample.questions === 0) return;
      setValues(reference, sample);
      setShares(reference, sample);
      if (sample.questions < FEWEST_QUESTIONS) return;
      const comparison = compare(reference, sample);
      detected.set(comparison.drift ? 1 : 0);
      for (const { column, drift: hasDrifted, q: qValue } of comparison.columns) {
        drift.set({ column }, hasDrifted ? 1 : 0);
        q.set({ column }, qValue);
      }
    },
  };
}

/** The end of the bin that holds it; undefined where that has none. */
function percentile({ edges, counts }: Histogram, part: number): number | undefined {
  const wanted = part * counts.reduce((sum, count) => sum + count, 0);
  let seen = 0;
  const bin = counts.findIndex((count) => {
    seen += count;
    return seen >= wanted;
  });
  return edges[Math.min(bin, edges.length - 1)];
}

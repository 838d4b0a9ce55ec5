/**
 * What the server tells Prometheus. Names and units are as `promtool check metrics` wants them.
 *
 * @module
 */

import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { PACKAGE } from '../../io/index.ts';
import type { ServingModel } from '../tagging/serving-model.ts';

export interface Metrics {
  /** The text that Prometheus reads. */
  readonly text: () => Promise<string>;
  readonly contentType: string;
  readonly requestBegins: () => void;
  /** @param route As declared, `unmatched` where there is none: not what was asked for. */
  readonly requestEnds: (method: string, route: string, status: number, seconds: number) => void;
  readonly predicted: (questions: number, given: readonly string[]) => void;
  readonly withoutTags: () => void;
  readonly modelLoaded: (model: ServingModel, nowSeconds: number) => void;
  readonly modelRefused: () => void;
  /** The model that answers stands on disk again. */
  readonly modelBack: () => void;
  readonly ready: (isReady: boolean) => void;
  readonly logFailed: () => void;
  readonly registry: Registry;
}

/** Gauges of prom-client whose names end as only those of counters may. */
const MISNAMED = [
  'nodejs_active_resources_total',
  'nodejs_active_handles_total',
  'nodejs_active_requests_total',
];

/** Seconds: a question takes less than a millisecond. */
const BUCKETS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  for (const name of MISNAMED) registry.removeSingleMetric(name);
  const registers = [registry];

  new Gauge({
    name: 'so_tagger_build_info',
    help: 'The version of the program; always 1.',
    labelNames: ['version'],
    registers,
  }).set({ version: PACKAGE.version }, 1);
  const requests = new Counter({
    name: 'so_tagger_http_requests_total',
    help: 'Requests answered, by route and status.',
    labelNames: ['method', 'route', 'code'],
    registers,
  });
  const durations = new Histogram({
    name: 'so_tagger_http_request_duration_seconds',
    help: 'Time from the head of a request to the end of its answer.',
    labelNames: ['route'],
    buckets: BUCKETS,
    registers,
  });
  const inFlight = new Gauge({
    name: 'so_tagger_http_requests_in_flight',
    help: 'Requests that have begun and are not answered.',
    registers,
  });
  const questions = new Counter({
    name: 'so_tagger_questions_total',
    help: 'Questions tagged.',
    registers,
  });
  const untagged = new Counter({
    name: 'so_tagger_questions_without_tag_total',
    help: 'Questions that the model gives no tag.',
    registers,
  });
  const tags = new Counter({
    name: 'so_tagger_tags_given_total',
    help: 'Questions that the model gives the tag.',
    labelNames: ['tag'],
    registers,
  });
  const model = new Gauge({
    name: 'so_tagger_model_info',
    help: 'The model that answers; always 1.',
    labelNames: ['model', 'trained_from', 'trained_to'],
    registers,
  });
  const loaded = new Gauge({
    name: 'so_tagger_model_loaded_timestamp_seconds',
    help: 'When the model that answers was loaded.',
    registers,
  });
  const reloads = new Counter({
    name: 'so_tagger_model_loads_total',
    help: 'Models found on disk, by what became of them.',
    labelNames: ['outcome'],
    registers,
  });
  for (const outcome of ['loaded', 'refused']) reloads.inc({ outcome }, 0);
  const refused = new Gauge({
    name: 'so_tagger_model_on_disk_refused',
    help: '1 while the model on disk cannot be used and an older one answers.',
    registers,
  });
  const logFailures = new Counter({
    name: 'so_tagger_prediction_log_failures_total',
    help: 'Times that predictions could not be written to their log.',
    registers,
  });
  const ready = new Gauge({
    name: 'so_tagger_ready',
    help: '1 while requests are welcome.',
    registers,
  });
  return {
    registry,
    text: () => registry.metrics(),
    contentType: registry.contentType,
    requestBegins: () => inFlight.inc(),
    requestEnds: (method, route, status, seconds) => {
      inFlight.dec();
      requests.inc({ method, route, code: String(status) });
      durations.observe({ route }, seconds);
    },
    predicted: (count, given) => {
      questions.inc(count);
      for (const tag of given) tags.inc({ tag });
    },
    withoutTags: () => untagged.inc(),
    modelLoaded: ({ id, manifest: { months } }, nowSeconds) => {
      model.reset();
      model.set({ model: id.slice(0, 12), trained_from: months.from, trained_to: months.to }, 1);
      loaded.set(nowSeconds);
      reloads.inc({ outcome: 'loaded' });
      refused.set(0);
    },
    modelRefused: () => {
      reloads.inc({ outcome: 'refused' });
      refused.set(1);
    },
    modelBack: () => {
      refused.set(0);
    },
    logFailed: () => logFailures.inc(),
    ready: (isReady) => ready.set(isReady ? 1 : 0),
  };
}

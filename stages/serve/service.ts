/**
 * What the routes share.
 *
 * @module
 */

import type { Clock } from '../io/index.ts';
import type { Metrics } from './metrics/metrics.ts';
import type { ModelHolder } from './model/model-holder.ts';
import type { ServerSettings } from './settings.ts';
import type { Asked } from './tagging/predict.ts';
import type { ServingModel } from './tagging/serving-model.ts';

export interface Service {
  readonly settings: ServerSettings;
  readonly models: ModelHolder;
  readonly metrics: Metrics;
  readonly clock: Clock;
  /** Takes a line for the operator, without its line break. */
  readonly log: (line: string) => void;
  /** Told of what was answered. */
  readonly observe: (model: ServingModel, asked: readonly Asked[]) => void;
  /** Brings the gauges of drift up to date. */
  readonly refresh: () => void;
  /** Whether new requests are welcome. */
  readonly isReady: () => boolean;
}

/**
 * Tracking, for the command line.
 *
 * @module
 */

export { readRuns } from './local-store.ts';
export { queue, readQueue } from './queue.ts';
export type { Metric, MetricValue, RunRecord } from './run-record.ts';
export { homeOf, type TrackPorts, type TrackSettings, tellQueued } from './track-results.ts';

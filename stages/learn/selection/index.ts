/**
 * The choice of settings by cross-validation.
 *
 * @module
 */

export type { FoldFit, SearchMemory } from './memory.ts';
export { bestTrial, rankTrials } from './rank.ts';
export { randomSampler, type Sampler } from './sampler.ts';
export type { ThresholdRule } from './score-trial.ts';
export { type SearchOptions, type SearchSettings, search } from './search.ts';
export type { Candidate, Distribution, Space, Value } from './space.ts';
export { METRICS, type Metric, type MetricScores, type Trial, type TrialScores } from './trial.ts';

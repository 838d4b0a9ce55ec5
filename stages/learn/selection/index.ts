/**
 * The choice of settings by cross-validation.
 *
 * @module
 */

export type { FoldFit, SearchMemory } from './memory.ts';
export { type AtRung, medianPruner, type Pruner, successiveHalvingPruner } from './pruner.ts';
export { bestTrial, rankTrials } from './rank.ts';
export { inBatches, randomSampler, type Sampler } from './sampler.ts';
export type { ThresholdRule } from './score-trial.ts';
export { type SearchOptions, type SearchSettings, search } from './search.ts';
export type { Candidate, Distribution, Space, Value } from './space.ts';
export { type TpeOptions, tpeSampler } from './tpe.ts';
export { METRICS, type Metric, type MetricScores, type Trial, type TrialScores } from './trial.ts';

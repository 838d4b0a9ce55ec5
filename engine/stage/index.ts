/**
 * `dvc-like/stage`: the only door of the engine that stage modules use.
 *
 * @module
 */

export type { ParamsOf, StageContext } from './context.ts';
export { StageFailure } from './stage-failure.ts';

export { activeGraph } from './active-graph.ts';
export { buildGraph, type GraphOptions } from './build-graph.ts';
export type { OutAt, StageGraph } from './stage-graph.ts';
export { NAMED, selectTargets, type TargetOptions, WITH_UPSTREAM } from './targets.ts';

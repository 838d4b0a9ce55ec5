export { buildGraph } from './build-graph.ts';
export type { OutAt, StageGraph } from './stage-graph.ts';
export { namedStages, selectTargets } from './targets.ts';

/**
 * `activeGraph`: the graph that DVC's `repro` goes by.
 *
 * @see DVC 3.67.1, `dvc/repo/reproduce.py`, `get_active_graph`
 *
 * @module
 */

import { buildGraph } from './build-graph.ts';
import type { StageGraph } from './stage-graph.ts';

/** A frozen stage waits for nothing: it may come before what it reads. */
export function activeGraph(graph: StageGraph): StageGraph {
  const stages = [...graph.stages.values()];
  if (!stages.some(({ frozen }) => frozen)) return graph;
  const { emptyTargets } = graph;
  const active = buildGraph(stages, { emptyTargets, isUnchecked: true, isFrozenAlone: true });
  if (!active.ok) throw new Error('Bug: a graph that is not checked has errors');
  return active.value;
}

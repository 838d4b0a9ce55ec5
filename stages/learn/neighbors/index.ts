/**
 * Nearest neighbours.
 *
 * @module
 */

export {
  createNeighborsScorer,
  fitNeighbors,
  type NeighborsModel,
  type NeighborsParams,
} from './neighbors.ts';

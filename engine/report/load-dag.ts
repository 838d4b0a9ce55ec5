/**
 * The drawings of the graph, loaded only by who draws.
 *
 * @module
 */

export const loadDag = (): Promise<typeof import('./dag/index.ts')> => import('./dag/index.ts');

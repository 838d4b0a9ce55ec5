/**
 * `cache/`: content-addressed storage. It knows nothing of pipelines.
 *
 * @module
 */

export * from './core/index.ts';

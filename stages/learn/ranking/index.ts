/**
 * The order of labels by their scores.
 *
 * @module
 */

export { allLabels, rowRanker } from './rank.ts';

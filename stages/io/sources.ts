/**
 * Where questions come from: the values of `collect.source`.
 *
 * - `synthetic`: drawn from the world in `data/truth.json`, month by month.
 * - `api`: asked of a Stack Exchange site, month by month.
 * - `jsonl dump sede`: one input of all months, which `split` reads once.
 *
 * @module
 */

export const SOURCES = ['synthetic', 'jsonl', 'api', 'dump', 'sede'] as const;

export type Source = (typeof SOURCES)[number];

/**
 * Counts by tag: the `.tags.json` files of `reports/`.
 *
 * @module
 */

import type { TagCounts } from '../learn/tagger/index.ts';
import { readVersioned, writeJson } from './json.ts';

const FORMAT = 'dvc-like/tag-counts';
const VERSION = 1;

export const writeTagCounts = (path: string, tags: readonly TagCounts[]): void =>
  writeJson(path, { format: FORMAT, version: VERSION, tags });

export const readTagCounts = (path: string): readonly TagCounts[] =>
  (readVersioned(path, FORMAT, VERSION) as { readonly tags: readonly TagCounts[] }).tags;

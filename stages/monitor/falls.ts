/**
 * Tags that are less predictable in a month than in the training months held out.
 *
 * @module
 */

import { simesPValue } from '../learn/drift/index.ts';
import { type Falls, fallenTags, type TagScores } from '../learn/tagger/index.ts';
import type { MonitorSettings } from './settings.ts';

export interface MonthFalls extends Falls {
  /** That no tag fell: of all tags judged together, each one-sided. */
  readonly p: number;
}

export function fallsOf(
  heldOut: ReadonlyMap<string, TagScores>,
  month: ReadonlyMap<string, TagScores>,
  { min_support, false_discovery_rate }: Pick<MonitorSettings, 'min_support' | 'false_discovery_rate'>,
): MonthFalls {
  const falls = fallenTags(heldOut, month, min_support, false_discovery_rate);
  const pValues = [...falls.fallen, ...falls.within_chance].map(({ p }) => p / 2).sort((a, b) => a - b);
  const others = Array<number>(falls.judged - pValues.length).fill(1);
  return { ...falls, p: simesPValue([...pValues, ...others]) };
}

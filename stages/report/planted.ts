/**
 * What was planted in the synthetic data, in words.
 *
 * @module
 */

import type { Drift, Truth } from '../io/index.ts';

/** By month; empty for data from elsewhere. */
export function plantedByMonth(truth: Truth): ReadonlyMap<string, string> {
  const planted = new Map<string, string>();
  for (const drift of truth.kind === 'synthetic' ? truth.drift : []) {
    const before = planted.get(drift.month);
    planted.set(drift.month, (before === undefined ? '' : `${before}; `) + describeDrift(drift));
  }
  return planted;
}

function describeDrift(drift: Drift): string {
  switch (drift.kind) {
    case 'tag-appears':
      return `the tag ${drift.tag} appears`;
    case 'vocabulary-changes':
      return `the vocabulary of ${drift.tag} changes`;
    case 'frequencies-shift':
      return `the frequencies of ${Object.keys(drift.perMonth).join(' and ')} shift`;
  }
}

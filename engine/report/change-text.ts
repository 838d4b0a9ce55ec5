/**
 * Changes in words: one line for each.
 *
 * @module
 */

import { Float, isList, isMap, pythonFloat, unreachable, type Value } from '../../cache/index.ts';
import type { Change, Verdict } from '../plan/index.ts';

export function changeText(change: Change): string {
  switch (change.kind) {
    case 'forced':
      return 'forced';
    case 'always-changed':
      return 'always runs';
    case 'never-ran':
      return 'is not in the lock';
    case 'command-changed':
      return `command changed from ${quote(change.was)} to ${quote(change.is)}`;
    case 'module-changed':
      return `module changed from ${change.was} to ${change.is}`;
    case 'code-changed':
      return `code of ${change.module} changed (${change.was.slice(0, 8)} -> ${change.is.slice(0, 8)})`;
    case 'argument-changed':
      return `${change.of}.${change.key} changed from ${valueText(change.was)} to ${valueText(change.is)}`;
    case 'dep-changed':
      return change.was === undefined
        ? `dep ${change.path} is new`
        : `dep ${change.path} changed (${change.was.slice(0, 8)} -> ${change.is.slice(0, 8)})`;
    case 'dep-removed':
      return `dep ${change.path} is no longer a dep`;
    case 'param-changed':
      return change.was === undefined
        ? `param ${change.key} is new (${change.file}: ${valueText(change.is)})`
        : `param ${change.key} changed from ${valueText(change.was)} to ${valueText(change.is)} (${change.file})`;
    case 'out-added':
      return `out ${change.path} is new`;
    case 'out-missing':
      return `out ${change.path} is missing`;
    case 'out-changed':
      return `out ${change.path} is not what the lock names (${change.was.slice(0, 8)} -> ${change.is.slice(0, 8)})`;
    case 'out-not-cached':
      return `out ${change.path} is not in the cache`;
    default:
      return unreachable(change);
  }
}

/** The first reason, and how many more there are. */
export function reasonText(because: readonly Change[]): string {
  const [first, ...rest] = because;
  if (first === undefined) return '';
  return rest.length === 0 ? changeText(first) : `${changeText(first)}, and ${rest.length} more`;
}

/** A verdict's reason in one line; empty for one that needs none. */
export function verdictReason(verdict: Verdict): string {
  switch (verdict.kind) {
    case 'fresh':
    case 'frozen':
      return '';
    case 'run':
    case 'restore':
    case 'record':
      return reasonText(verdict.because);
    case 'pending':
      return `waits for ${listText(verdict.on)}`;
    case 'blocked':
      return verdict.by[0]?.message ?? `needs ${listText(verdict.upstream)}`;
  }
}

/** At most three names, then how many more. */
export function listText(names: readonly string[]): string {
  const shown = names.slice(0, 3).join(', ');
  return names.length > 3 ? `${shown} and ${names.length - 3} more` : shown;
}

export function valueText(value: Value | undefined): string {
  if (value === undefined) return '(nothing)';
  if (value instanceof Float) return pythonFloat(value.value);
  if (isList(value)) return `[${value.map(valueText).join(', ')}]`;
  if (isMap(value)) return `{${[...value].map(([key, item]) => `${key}: ${valueText(item)}`).join(', ')}}`;
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}

const quote = (text: string): string => JSON.stringify(text.length > 80 ? `${text.slice(0, 77)}...` : text);

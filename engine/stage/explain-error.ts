/**
 * An error of a module as text: a `StageFailure` by its message and hint, any other with its stack.
 *
 * @module
 */

import { inspect } from 'node:util';

/** @param root Absolute; paths within it are shown relative to it. */
export function explainError(error: unknown, root: string): string {
  if (!(error instanceof Error)) return `Thrown, and no Error: ${inspect(error)}`;
  // Not by `instanceof`: a bundle brings its own class.
  if (error.name === 'StageFailure') return explainFailure(error);
  return shortStack(inspect(error), root);
}

function explainFailure(error: Error & { readonly hint?: unknown }): string {
  const lines = [error.message];
  if (error.cause instanceof Error) lines.push(`  because: ${error.cause.message}`);
  if (typeof error.hint === 'string') lines.push(`  hint: ${error.hint}`);
  return lines.join('\n');
}

const OURS = /^\s+at .*(?:node:internal\/|\/stage-host\.js:|\/engine\/stage\/(?:host|run-stage)\.[jt]s:)/;

/** Frames of the project, their paths relative to its root. What follows the last frame may be opened by ` {` on it. */
function shortStack(text: string, root: string): string {
  const lines: string[] = [];
  for (const line of text.split('\n')) {
    if (!OURS.test(line)) lines.push(line);
    else if (line.endsWith(' {') && lines.length > 0) lines.push(`${lines.pop()!} {`);
  }
  return lines.join('\n').replaceAll(`file://${root}/`, '').replaceAll(`${root}/`, '');
}

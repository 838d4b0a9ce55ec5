/**
 * An error of a module as text: a `StageFailure` by its message and hint, any other with its stack.
 *
 * @module
 */

import { inspect } from 'node:util';

export function explainError(error: unknown): string {
  if (!(error instanceof Error)) return `Thrown, and no Error: ${inspect(error)}`;
  // Not by `instanceof`: a bundle brings its own class.
  if (error.name === 'StageFailure') return explainFailure(error);
  return shortStack(inspect(error));
}

function explainFailure(error: Error & { readonly hint?: unknown }): string {
  const lines = [error.message];
  if (error.cause instanceof Error) lines.push(`  because: ${error.cause.message}`);
  if (typeof error.hint === 'string') lines.push(`  hint: ${error.hint}`);
  return lines.join('\n');
}

/** Frames of the project, their paths relative to its root. */
function shortStack(text: string): string {
  const root = process.env['DVC_ROOT'] ?? process.cwd();
  return text
    .split('\n')
    .filter(
      (line) =>
        !/^\s+at .*(?:\(|\s)(?:node:internal\/|(?:file:\/\/)?\S*\/stage-host\.js:|(?:file:\/\/)?\S*\/engine\/stage\/(?:host|run-stage)\.[tj]s:)/.test(
          line,
        ),
    )
    .join('\n')
    .replaceAll(`file://${root}/`, '')
    .replaceAll(`${root}/`, '');
}

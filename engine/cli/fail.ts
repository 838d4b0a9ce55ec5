/**
 * How a command ends that could not do what was asked.
 *
 * @module
 */

import type { Diagnostic } from '../core/index.ts';
import { exitCodeOf } from './exit-code.ts';
import { printDiagnostics, type Terminal } from './terminal.ts';

/** Tells what is wrong. @returns The exit code that goes with it. */
export function fail(terminal: Terminal, diagnostics: readonly Diagnostic[]): number {
  printDiagnostics(terminal, diagnostics);
  return exitCodeOf(diagnostics);
}

/**
 * Diagnostics: what we tell a person whose file is wrong, or whose run cannot go on.
 *
 * A `Diagnostic` is data. It is never thrown through the engine's phases and holds no colour codes;
 * `renderDiagnostic` is the only place that turns one into text.
 *
 * @module
 */

import type { Place } from './source-file.ts';

export interface Diagnostic {
  /** Stable, `E_…`; part of the public interface. */
  readonly code: `E_${string}`;
  /** Sentence case, no final period; quotes what the user typed. */
  readonly message: string;
  readonly place?: Place | undefined;
  /** Other places that the message speaks of: the first definition, the other end of a cycle. */
  readonly related?: readonly { readonly message: string; readonly place: Place }[];
  /** What to do next. */
  readonly hint?: string | undefined;
}

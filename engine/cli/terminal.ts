/**
 * The command line's ends: arguments in, text out.
 *
 * @module
 */

import { type Diagnostic, renderDiagnostics } from '../core/index.ts';
import type { Screen } from '../report/index.ts';

export interface Terminal {
  readonly cwd: string;
  readonly args: readonly string[];
  readonly out: (text: string | Uint8Array) => void;
  readonly error: (text: string) => void;
  /** Of the screen that `out` goes to, now; undefined where it goes elsewhere. */
  readonly columns: () => number | undefined;
  /** Whether what goes to `out` may have colours. */
  readonly isColoured: boolean;
  /** For what moves; undefined where lines should follow each other: in a pipe, on a dumb terminal, in CI. */
  readonly screen: Screen | undefined;
  /** Whether a command waits for another one to end however long it takes, or only for a while. */
  readonly waitsForLock?: boolean;
  /** Aborted by Ctrl-C and SIGTERM, once somebody listens. */
  readonly interrupted: () => AbortSignal;
}

export function processTerminal(): Terminal {
  for (const stream of [process.stdout, process.stderr]) {
    // A reader that has gone (`| head`) is no failure of ours.
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
  return {
    cwd: process.cwd(),
    args: process.argv.slice(2),
    out: (text) => {
      process.stdout.write(text);
    },
    error: (text) => {
      process.stderr.write(text);
    },
    columns: () => (process.stdout.isTTY ? process.stdout.columns : undefined),
    isColoured: isColoured(process.stdout.isTTY, process.env),
    screen: hasScreen(process.env) ? processScreen() : undefined,
    interrupted: () => {
      const controller = new AbortController();
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
        process.on(signal, () => {
          controller.abort();
        });
      }
      return controller.signal;
    },
  };
}

/** @see https://no-color.org and https://force-color.org; who asks for colour gets it. */
function isColoured(isTerminal: boolean, env: Readonly<Record<string, string | undefined>>): boolean {
  const { FORCE_COLOR: force = '', NO_COLOR: no = '', TERM: term } = env;
  if (force !== '') return force !== '0';
  return isTerminal && no === '' && term !== 'dumb';
}

const hasScreen = ({ TERM: term, CI: ci = '' }: Readonly<Record<string, string | undefined>>): boolean =>
  process.stdout.isTTY && term !== 'dumb' && (ci === '' || ci === 'false');

function processScreen(): Screen {
  return {
    // Some say zero where they do not know.
    size: () => ({ columns: process.stdout.columns || 80, rows: process.stdout.rows || 24 }),
    write: (text) => {
      process.stdout.write(text);
    },
    isColoured: isColoured(process.stdout.isTTY, process.env),
    onResize: (listener) => {
      process.stdout.on('resize', listener);
      return () => process.stdout.off('resize', listener);
    },
  };
}

export function printDiagnostics(terminal: Terminal, diagnostics: readonly Diagnostic[]): void {
  terminal.error(`${renderDiagnostics(diagnostics)}\n`);
}

export const printJson = (terminal: Terminal, value: unknown): void => {
  terminal.out(`${JSON.stringify(value, undefined, 2)}\n`);
};

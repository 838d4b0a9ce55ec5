/**
 * The command line's ends: arguments, environment and input in, text out.
 *
 * @module
 */

import { text } from 'node:stream/consumers';

export interface Terminal {
  readonly cwd: string;
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Standard input to its end. */
  readonly input: () => Promise<string>;
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
  /** Of the screen that `out` goes to; undefined where it goes elsewhere. */
  readonly columns: number | undefined;
  /** Aborted by the first Ctrl-C or SIGTERM; a second one ends the process. */
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
    environment: process.env,
    input: () => text(process.stdin),
    out: (line) => {
      process.stdout.write(line);
    },
    error: (line) => {
      process.stderr.write(line);
    },
    columns: process.stdout.isTTY ? process.stdout.columns : undefined,
    interrupted: () => {
      const controller = new AbortController();
      for (const signal of ['SIGINT', 'SIGTERM'] as const) {
        process.once(signal, () => {
          controller.abort();
        });
      }
      return controller.signal;
    },
  };
}

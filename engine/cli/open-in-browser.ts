/**
 * A page shown by the browser that the desktop has.
 *
 * @module
 */

import { spawn } from 'node:child_process';
import { EXIT } from './exit-code.ts';
import { fail } from './fail.ts';
import type { Terminal } from './terminal.ts';

/** Does not wait for the browser to end. */
export function openInBrowser(terminal: Terminal, file: string): Promise<number> {
  const program = process.platform === 'darwin' ? 'open' : 'xdg-open';
  const child = spawn(program, [file], { detached: true, stdio: 'ignore' });
  return new Promise((resolve) => {
    child.once('spawn', () => {
      child.unref();
      resolve(EXIT.done);
    });
    child.once('error', () => {
      resolve(
        fail(terminal, [
          {
            code: 'E_IO',
            message: `Cannot open ${file}: "${program}" does not start`,
            hint: 'open it by hand',
          },
        ]),
      );
    });
  });
}

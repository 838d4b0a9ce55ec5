/**
 * `dvc-like`, run as a person would.
 *
 * @module
 */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export interface Pipeline {
  /** `dvc-like repro ARGS` in the project. @returns Its exit code; null where a signal ended it. */
  readonly repro: (args: readonly string[]) => Promise<number | null>;
}

/**
 * @param root Absolute.
 * @param show Takes what it prints, of both streams.
 */
export const pipelineIn = (
  root: string,
  environment: Readonly<Record<string, string | undefined>>,
  show: (text: string) => void,
): Pipeline => ({
  repro: async (args) => {
    const program = fileURLToPath(new URL('dist/dvc-like.js', import.meta.resolve('dvc-like/package.json')));
    const child = spawn(process.execPath, [program, 'repro', ...args], {
      cwd: root,
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', show);
    const [exitCode] = (await once(child, 'close')) as [number | null];
    return exitCode;
  },
});

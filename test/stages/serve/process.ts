/**
 * `so-tagger serve` as a process of its own.
 *
 * @module
 */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { withSmallModel } from './small-model.ts';

const SO_TAGGER = fileURLToPath(new URL('../../../so-tagger.js', import.meta.url));

export interface RunningProcess {
  readonly url: string;
  readonly model: string;
  readonly child: ChildProcess;
  /** Null while it runs. */
  readonly exitCode: () => number | null;
  /** What it said until now. */
  readonly output: () => string;
}

/** @param args Beside the model and the port. */
export function withProcess<T>(
  args: readonly string[],
  body: (running: RunningProcess) => Promise<T>,
): Promise<T> {
  return withSmallModel(async (model) => {
    const child = spawn(process.execPath, [
      SO_TAGGER,
      'serve',
      '-m',
      model,
      '-p',
      '0',
      '--rate-limit',
      '0',
      ...args,
    ]);
    const ended = once(child, 'exit');
    let output = '';
    const url = new Promise<string>((resolve, reject) => {
      for (const stream of [child.stdout, child.stderr]) {
        stream.setEncoding('utf8').on('data', (text: string) => {
          output += text;
          const [, found] = /Listening on (\S+)/.exec(output) ?? [];
          if (found !== undefined) resolve(found);
        });
      }
      child.once('exit', () => {
        reject(new Error(`so-tagger has ended: ${output}`));
      });
    });
    try {
      return await body({
        url: await url,
        model,
        child,
        exitCode: () => child.exitCode,
        output: () => output,
      });
    } finally {
      child.kill('SIGKILL');
      await ended;
    }
  });
}

/**
 * `so-tagger` as a process of its own, to its end.
 *
 * @module
 */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const SO_TAGGER = fileURLToPath(new URL('../../../so-tagger.js', import.meta.url));

export interface Ended {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export async function soTagger(cwd: string, args: readonly string[], input = ''): Promise<Ended> {
  const child = spawn(process.execPath, [SO_TAGGER, ...args], { cwd });
  // Who does not read it may be gone before it is written.
  child.stdin.on('error', () => undefined).end(input);
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { exitCode: child.exitCode, stdout, stderr };
}

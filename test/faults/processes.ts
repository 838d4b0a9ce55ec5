/**
 * The living processes of a project's stages, as the system tells them.
 *
 * @module
 */

import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';

/** Command lines of the processes that a stage of the project at `root` started, directly or not. */
export function stageProcesses(root: string): readonly string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => read(pid, 'environ').split('\0').includes(`DVC_ROOT=${root}`))
    .map((pid) => read(pid, 'cmdline').split('\0').join(' ').trim())
    .filter((command) => command !== '');
}

/** A file of `/proc`, empty where the process has gone. */
function read(pid: string, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return '';
  }
}

/** @throws {Error} If it does not hold within 20 s. */
export async function until(what: string, holds: () => boolean): Promise<void> {
  const deadline = performance.now() + 20_000;
  while (!holds()) {
    if (performance.now() > deadline) throw new Error(`Not within 20 s: ${what}`);
    await setTimeout(2);
  }
}

/**
 * The repository lock: one run at a time.
 *
 * An flock on `<home>/tmp/lock`, the file that DVC locks: the kernel drops it with the process, so none goes stale. Node
 * has no flock; util-linux's takes it on the descriptor that it inherits, and the open file keeps it after that.
 *
 * @module
 */

import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import { dirname } from 'node:path';
import { err, ok, type Result } from '../../cache/index.ts';
import type { Clock, Diagnostic } from '../core/index.ts';

export interface RepositoryLock {
  readonly release: () => void;
}

export interface LockOptions {
  /** How long to wait for the holder; `Infinity` waits on. */
  readonly waitMs: number;
  readonly clock: Clock;
  /** Ours: what another run is told that it waits for. */
  readonly pid: number;
  /** Called once, when there is someone to wait for. */
  readonly onWait: (holder: string) => void;
  /** Ends the waiting. */
  readonly signal?: AbortSignal | undefined;
}

const POLL_MS = 100;

export async function lockRepository(
  path: string,
  options: LockOptions,
): Promise<Result<RepositoryLock, Diagnostic>> {
  fs.mkdirSync(dirname(path), { recursive: true });
  const fd = fs.openSync(path, 'a+');
  const deadline = options.clock.nowMs() + options.waitMs;
  let told = false;
  for (;;) {
    const tried = tryLock(fd);
    if (tried === 'locked') break;
    const isWaiting = options.clock.nowMs() < deadline && options.signal?.aborted !== true;
    if (tried === 'busy' && isWaiting) {
      if (!told) options.onWait(holderOf(path));
      told = true;
      await options.clock.sleep(POLL_MS);
      continue;
    }
    const diagnostic = tried === 'busy' ? lockHeld(holderOf(path)) : noFlock(tried.reason);
    fs.closeSync(fd);
    return err(diagnostic);
  }
  fs.ftruncateSync(fd);
  fs.writeSync(fd, ` ${options.pid}\n`);
  return ok({
    release: () => {
      fs.closeSync(fd);
    },
  });
}

function tryLock(fd: number): 'locked' | 'busy' | { readonly reason: string } {
  const flock = spawnSync('flock', ['-n', '3'], { stdio: ['ignore', 'ignore', 'ignore', fd] });
  if (flock.error) return { reason: flock.error.message };
  if (flock.status === 0) return 'locked';
  return flock.status === 1 ? 'busy' : { reason: `flock exited with ${String(flock.status)}` };
}

function holderOf(path: string): string {
  const holder = fs.readFileSync(path, 'utf8').trim();
  if (!/^\d+$/.test(holder)) return 'another process';
  try {
    const command = fs.readFileSync(`/proc/${holder}/cmdline`, 'utf8').split('\0').join(' ').trim();
    return `process ${holder} (${command})`;
  } catch {
    return `process ${holder}`;
  }
}

const lockHeld = (holder: string): Diagnostic => ({
  code: 'E_LOCK_HELD',
  message: `Another run holds the repository lock: ${holder}`,
  hint: 'wait for it to end, or pass --wait',
});

const noFlock = (reason: string): Diagnostic => ({
  code: 'E_NO_FLOCK',
  message: `Cannot take the repository lock: ${reason}`,
  hint: 'install "flock" of util-linux',
});

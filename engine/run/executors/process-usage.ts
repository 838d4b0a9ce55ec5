/**
 * What a process used: CPU time and peak memory, for processes that cannot tell it themselves.
 *
 * CPU time is what the system adds to our own account of ended children when it reaps one: exact, of the process and of
 * all that it waited for, in the system's ticks (10 ms). Where several were reaped at once, nobody can tell whose it was.
 *
 * Memory is looked at while the process runs, every quarter of a second or so, and never for more than 1 % of a core:
 * the system keeps the peak of each process, so only what grew in the last quarter is missed.
 *
 * @module
 */

import { readFileSync } from 'node:fs';
import { peakMemoryOf } from './process-group.ts';
import type { ProcessUsage } from './stage-process.ts';

/** Of Linux for all programs, whatever the kernel counts in. */
const MS_PER_TICK = 10;
const FIRST_LOOK_MS = 100;
const LOOK_EVERY_MS = 250;
const MAX_SHARE = 0.01;

/** Process to the peak of it and its descendants in bytes, as seen so far; 0 where it was not seen. */
const peaks = new Map<number, number>();
let looking: NodeJS.Timeout | undefined;

let countedTicks: number | undefined;
let reaped: ((cpuMs: number | undefined) => void)[] = [];

/**
 * @param leader The number of a process that was just started and leads a session.
 * @returns To be called in the very event of its exit.
 */
export function meterProcess(leader: number): () => Promise<ProcessUsage> {
  if (peaks.size === 0 && reaped.length === 0) countedTicks = ticksOfChildren();
  peaks.set(leader, 0);
  looking ??= lookIn(FIRST_LOOK_MS);
  return () => {
    const peak = peaks.get(leader) ?? 0;
    peaks.delete(leader);
    return new Promise((resolve) => {
      if (reaped.length === 0) setImmediate(account);
      reaped.push((cpuMs) => {
        resolve({ cpuMs, maxRssBytes: peak > 0 ? peak : undefined });
      });
    });
  };
}

/** Exits that one turn of the event loop told of were reaped together. */
function account(): void {
  const before = countedTicks;
  countedTicks = ticksOfChildren();
  const used = before === undefined || countedTicks === undefined ? undefined : countedTicks - before;
  const known = reaped.length === 1 || used === 0 ? used : undefined;
  const settled = reaped;
  reaped = [];
  for (const settle of settled) settle(known === undefined ? undefined : known * MS_PER_TICK);
}

/** `man 5 proc`: fields 16 and 17, `cutime` and `cstime`. */
function ticksOfChildren(): number | undefined {
  if (process.platform !== 'linux') return undefined;
  const text = readFileSync('/proc/self/stat', 'latin1');
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return Number(fields[13]) + Number(fields[14]);
}

function lookIn(delayMs: number): NodeJS.Timeout {
  return setTimeout(() => {
    looking = undefined;
    if (peaks.size === 0) return;
    const before = process.cpuUsage();
    for (const [leader, peak] of peaks) peaks.set(leader, Math.max(peak, peakMemoryOf(leader)));
    const { user, system } = process.cpuUsage(before);
    looking = lookIn(Math.max(LOOK_EVERY_MS, (user + system) / 1000 / MAX_SHARE));
  }, delayMs).unref();
}

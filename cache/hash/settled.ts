/**
 * When a file's time stamps can be trusted to change with its content.
 *
 * Stamps advance in ticks. A file read in the very tick of its last change may change again in that tick, and its stat
 * then stays as it was; such a file is young, and what was read of it must not be remembered under its stat. git calls
 * this the racy index.
 *
 * @module
 */

import type { FileStat, FileSystem } from '../core/index.ts';

/** Linux stamps with a clock that advances every 1 to 10 ms. */
const TICK_NS = 20_000_000n;
/** File systems without fractions of a second. */
const COARSE_TICK_NS = 2_000_000_000n;
const SECOND_NS = 1_000_000_000n;

/** A stamp so far behind the moment that any later change bears another stamp. */
export const isSettled = (stampNs: bigint, momentNs: bigint): boolean =>
  stampNs + (stampNs % SECOND_NS === 0n ? COARSE_TICK_NS : TICK_NS) <= momentNs;

/** From here on, waiting a tick costs less than reading again. */
const WORTH_WAITING_BYTES = 32 * 2 ** 20;
const WORTH_WAITING_FILES = 1_000;

/**
 * Where there is much at stake and some of it is young, waits until it no longer is: a tick, at most.
 *
 * @returns Whether it waited.
 */
export function letSettle(
  fs: FileSystem,
  files: readonly { readonly sizeBytes: number; readonly stampNs: bigint }[],
): boolean {
  const totalBytes = files.reduce((sum, file) => sum + file.sizeBytes, 0);
  if (totalBytes < WORTH_WAITING_BYTES && files.length < WORTH_WAITING_FILES) return false;
  const now = fs.clockNs();
  const isYoung = files.some(({ stampNs }) => stampNs + TICK_NS > now && stampNs <= now + TICK_NS);
  if (isYoung) fs.sleep(Number((2n * TICK_NS) / 1_000_000n));
  return isYoung;
}

/** The later of the stamps that a change of content moves. */
export const stampOf = (stat: FileStat): bigint =>
  stat.mtimeNs > stat.ctimeNs ? stat.mtimeNs : stat.ctimeNs;

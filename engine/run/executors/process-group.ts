/**
 * Process groups: who belongs to one, and ending it whole.
 *
 * Each stage's process leads a session of its own, so the session tells its descendants, those too that made groups of
 * their own. While any of them lives, the system does not give the leader's number away again: a process of that number
 * that started at another time means that all are gone.
 *
 * @module
 */

import { readdirSync, readFileSync } from 'node:fs';
import { isErrno } from '../../../cache/index.ts';
import type { Clock } from '../../core/index.ts';
import type { ProcessGroup } from './stage-process.ts';
import { systemClock } from './system-clock.ts';

const KILL_AFTER_MS = 10_000;
const POLL_MS = 20;

/** The group that a process leads, which was just started. */
export function processGroup(pid: number): ProcessGroup {
  const stat = readStat(pid);
  return { pid, startTime: stat === undefined ? '' : `${bootId()}/${stat.startTicks}` };
}

let ownGroup: ProcessGroup | undefined;

/** The engine's own process. */
export const engineGroup = (): ProcessGroup => (ownGroup ??= processGroup(process.pid));

/**
 * Ends what is left of a group that an engine before this one started: SIGTERM, SIGKILL 10 s later.
 *
 * @returns Whether there was something to end. Nothing is done unless it is certain that it is the same group.
 */
export async function endProcessGroup(group: ProcessGroup, clock: Clock = systemClock): Promise<boolean> {
  const [boot, ticks] = group.startTime.split('/');
  if (ticks === undefined || boot !== bootId()) return false;
  const leader = readStat(group.pid);
  if (leader !== undefined && String(leader.startTicks) !== ticks) return false;
  const startedTicks = Number(ticks);
  if (!members(group.pid).some((member) => member.startTicks >= startedTicks)) return false;
  await endGroup(group.pid, clock);
  return true;
}

/**
 * The groups that an engine which has gone started for a stage, those too of which it had no time to tell.
 *
 * @param variables Of the environment that it gave them.
 */
export function groupsStartedBy(
  engine: ProcessGroup,
  variables: Readonly<Record<string, string>>,
): readonly ProcessGroup[] {
  const [boot, ticks] = engine.startTime.split('/');
  if (ticks === undefined || boot !== bootId()) return [];
  const wanted = Object.entries(variables).map(([name, value]) => `${name}=${value}`);
  return processes()
    .filter((stat) => stat.session === stat.pid && stat.startTicks >= Number(ticks))
    .filter(({ pid }) => {
      const environment = new Set(readProcessFile(pid, 'environ', 'utf8')?.split('\0'));
      return wanted.every((variable) => environment.has(variable));
    })
    .map(({ pid, startTicks }) => ({ pid, startTime: `${boot}/${startTicks}` }));
}

/** Resolves when no process of the session lives. */
export async function endGroup(pid: number, clock: Clock): Promise<void> {
  signalGroup(pid, 'SIGTERM');
  // A stopped process hears of SIGTERM only when it goes on.
  signalGroup(pid, 'SIGCONT');
  const killAtMs = clock.nowMs() + KILL_AFTER_MS;
  while (isAlive(pid)) {
    if (clock.nowMs() >= killAtMs) signalGroup(pid, 'SIGKILL');
    await clock.sleep(POLL_MS);
  }
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  const groups = new Set([pid, ...members(pid).map((member) => member.group)]);
  for (const group of groups) {
    try {
      process.kill(-group, signal);
    } catch (error) {
      if (!isErrno(error, 'ESRCH')) throw error;
    }
  }
}

function isAlive(pid: number): boolean {
  if (process.platform === 'linux') return members(pid).length > 0;
  try {
    process.kill(-pid, 0);
    return true;
  } catch (error) {
    if (isErrno(error, 'ESRCH')) return false;
    throw error;
  }
}

/**
 * The highest peak of memory that a process or one of its living descendants had, in bytes; 0 where none is there to tell.
 * `seen` guards against a number that is given away while we look.
 */
export function peakMemoryOf(pid: number, seen = new Set<number>()): number {
  if (seen.has(pid)) return 0;
  seen.add(pid);
  const status = readProcessFile(pid, 'status', 'latin1') ?? '';
  const own = Number(/^VmHWM:\s*(\d+)/m.exec(status)?.[1] ?? 0) * 1024;
  return Math.max(own, ...childrenOf(pid).map((child) => peakMemoryOf(child, seen)));
}

/** Each thread has its own children. */
function childrenOf(pid: number): readonly number[] {
  const threads = namesOfThreads(pid);
  return threads.flatMap((thread) => {
    const children = readProcessFile(pid, `task/${thread}/children`, 'latin1') ?? '';
    return children.split(' ').filter(Boolean).map(Number);
  });
}

function namesOfThreads(pid: number): readonly string[] {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch (error) {
    if (isErrno(error, 'ENOENT') || isErrno(error, 'ESRCH')) return [];
    throw error;
  }
}

/** Whether a process, started by this engine or another one, still runs. */
export function isProcessAlive({ pid, startTime }: ProcessGroup): boolean {
  const [boot, ticks] = startTime.split('/');
  if (ticks === undefined || boot !== bootId()) return false;
  const stat = readStat(pid);
  return stat !== undefined && !stat.isZombie && String(stat.startTicks) === ticks;
}

/** Whether some process has this number now. */
export function hasProcess(pid: number): boolean {
  const stat = readStat(pid);
  return stat !== undefined && !stat.isZombie;
}

interface ProcessStat {
  readonly pid: number;
  readonly isZombie: boolean;
  readonly group: number;
  readonly session: number;
  readonly startTicks: number;
}

/** The living processes of a session. */
const members = (session: number): readonly ProcessStat[] =>
  processes().filter((stat) => stat.session === session);

/** All that live. Zombies do not count: nobody may ever reap an orphan's. */
function processes(): readonly ProcessStat[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => readStat(Number(name)) ?? [])
    .filter(({ isZombie }) => !isZombie);
}

/** `man 5 proc`: the name in parentheses may hold anything; fields 3, 5, 6 and 22 follow it. */
function readStat(pid: number): ProcessStat | undefined {
  const text = readProcessFile(pid, 'stat', 'latin1');
  if (text === undefined) return undefined;
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return {
    pid,
    isZombie: fields[0] === 'Z' || fields[0] === 'X',
    group: Number(fields[2]),
    session: Number(fields[3]),
    startTicks: Number(fields[19]),
  };
}

/** Undefined where the process has gone or is somebody else's. */
function readProcessFile(pid: number, name: string, encoding: 'latin1' | 'utf8'): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${name}`, encoding);
  } catch (error) {
    if (['ENOENT', 'ESRCH', 'EACCES', 'EPERM'].some((code) => isErrno(error, code))) return undefined;
    throw error;
  }
}

let boot: string | undefined;

/** Ticks count from the boot: after another one they mean another time. */
function bootId(): string {
  return (boot ??= readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim());
}

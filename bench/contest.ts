/**
 * Times programs against each other, in turns: what the machine does beside them falls on all alike.
 *
 * Wall and CPU time are what bash's `time` says of the program and of every process that it waited for; the clock starts after bash
 * has. Ratios are taken within a round, so that a slow minute does not show in them.
 *
 * @module
 */

import { spawnSync } from 'node:child_process';
import { inTurns } from './in-turns.ts';
import { type Estimate, estimateMedian } from './statistics.ts';

export interface Contender {
  readonly name: string;
  readonly command: readonly [program: string, ...args: string[]];
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Called before each run, outside the time. */
  readonly prepare?: () => void;
}

export interface Standing {
  readonly name: string;
  readonly wallMs: Estimate;
  /** User and system together. */
  readonly cpuMs: Estimate;
  /** The first contender's time over this one's, by round. */
  readonly wallRatio: Estimate;
  readonly cpuRatio: Estimate;
}

interface Sample {
  readonly wallMs: number;
  readonly cpuMs: number;
}

/** @param rounds How many times each runs, after one run that does not count. */
export function runContest(contenders: readonly Contender[], rounds: number): readonly Standing[] {
  for (const contender of contenders) time(contender);
  const samples = inTurns(contenders, rounds, time);
  const first = samples[0]!;
  return contenders.map(({ name }, index) => {
    const own = samples[index]!;
    return {
      name,
      wallMs: estimateMedian(own.map(({ wallMs }) => wallMs)),
      cpuMs: estimateMedian(own.map(({ cpuMs }) => cpuMs)),
      wallRatio: estimateMedian(own.map(({ wallMs }, round) => first[round]!.wallMs / wallMs)),
      cpuRatio: estimateMedian(own.map(({ cpuMs }, round) => first[round]!.cpuMs / cpuMs)),
    };
  });
}

/** @throws {Error} If the program fails: its time would say nothing. */
function time({ name, command, cwd, env, prepare }: Contender): Sample {
  prepare?.();
  const script = 'exec 3>&2; TIMEFORMAT="%3R %3U %3S"; { time "$@" >/dev/null 2>&3; } 2>&1';
  const { status, stdout, stderr } = spawnSync('bash', ['-c', script, 'bash', ...command], {
    cwd,
    env: { ...process.env, ...env },
    encoding: 'utf8',
  });
  const [wall, user, system] = stdout.trim().split(' ').map(Number);
  if (status !== 0 || wall === undefined || user === undefined || system === undefined) {
    throw new Error(`Cannot time ${name}: exit code ${status ?? 'none'}\n${stdout}${stderr}`);
  }
  return { wallMs: wall * 1000, cpuMs: (user + system) * 1000 };
}

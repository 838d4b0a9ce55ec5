/**
 * The shell executor: stages with a `cmd`.
 *
 * @module
 */

import { basename } from 'node:path';
import type { Clock } from '../../core/index.ts';
import { follow } from './follow.ts';
import type { StageHooks, StageProcess } from './stage-process.ts';
import { systemClock } from './system-clock.ts';

export interface CommandJob {
  readonly cmd: string | readonly string[];
  /**
   * `script`: all of it is one script of `/bin/sh`, which stops at the first command that fails.
   * `dvc`: as DVC does it, each line of a string and each item of a list in a `$SHELL` of its own.
   */
  readonly shell: 'dvc' | 'script';
  /** Absolute. */
  readonly cwd: string;
  /** Added to the engine's own. */
  readonly env: Readonly<Record<string, string>>;
}

export function startCommand(job: CommandJob, hooks: StageHooks, clock: Clock = systemClock): StageProcess {
  const { cmd, cwd, env } = job;
  const commands = job.shell === 'script' ? [scriptOf(cmd)] : linesOf(cmd).map(inUserShell);
  return follow(
    commands.map(([file, ...args]) => ({ file, args, cwd, env })),
    hooks,
    clock,
  );
}

type CommandLine = readonly [file: string, ...args: string[]];

const scriptOf = (cmd: string | readonly string[]): CommandLine => [
  '/bin/sh',
  '-ec',
  typeof cmd === 'string' ? cmd : cmd.join('\n'),
];

/** Python's `str.splitlines()`, without empty lines: they do nothing. */
const linesOf = (cmd: string | readonly string[]): readonly string[] =>
  typeof cmd === 'string'
    ? cmd.split(/\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/).filter((line) => line.trim() !== '')
    : cmd;

/** Without the user's start-up files, as DVC does for the shells it knows. */
function inUserShell(line: string): CommandLine {
  const shell = process.env['SHELL'] || '/bin/sh';
  const options = SHELL_OPTIONS.get(basename(shell).toLowerCase()) ?? [];
  return [shell, ...options, '-c', line];
}

const SHELL_OPTIONS: ReadonlyMap<string, readonly string[]> = new Map([
  ['bash', ['--noprofile', '--norc']],
  ['zsh', ['--no-rcs']],
]);

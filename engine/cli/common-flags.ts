/**
 * What every command understands: `--cd` and `--wait-for-lock` before it; `-q` and `-v`, where it has no meaning of its own for them.
 *
 * @module
 */

import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { Terminal } from './terminal.ts';

const QUIET = '--quiet';
const VERBOSE = '--verbose';

/** Commands that have none: they print what another program reads, or begin long before they are told. */
const LEFT_OUT = new Set(['complete', 'completion', 'schema', 'help', 'log']);

interface Session {
  /** Where a command runs and prints; settled by `begin`. */
  readonly terminal: Terminal;
  /** @param command That is about to run. */
  readonly begin: (flags: OuterFlags, command: Command) => void;
}

/** Of the program. */
export interface OuterFlags {
  readonly cd?: string;
  readonly waitForLock?: true;
}

export function openSession(outer: Terminal): Session {
  let cwd = outer.cwd;
  let isQuiet = false;
  let waitsForLock = false;
  const terminal: Terminal = {
    ...outer,
    get cwd() {
      return cwd;
    },
    get waitsForLock() {
      return waitsForLock;
    },
    out: (text) => {
      if (!isQuiet) outer.out(text);
    },
  };
  return {
    terminal,
    begin: (flags, command) => {
      if (flags.cd !== undefined) cwd = resolve(outer.cwd, flags.cd);
      waitsForLock = flags.waitForLock === true;
      isQuiet = quietened.has(command) && command.opts<{ quiet?: true }>().quiet === true;
    },
  };
}

const quietened = new WeakSet<Command>();

/** Of every command that has no commands of its own. */
export function addCommonFlags(command: Command): void {
  for (const each of command.commands) addCommonFlags(each);
  if (command.commands.length > 0 || LEFT_OUT.has(command.name())) return;
  const has = (flag: string): boolean => command.options.some(({ long }) => long === flag);
  const hasShort = (flag: string): boolean => command.options.some(({ short }) => short === flag);
  if (!has(QUIET)) {
    quietened.add(command);
    command.option(hasShort('-q') ? QUIET : `-q, ${QUIET}`, 'print only errors');
  }
  if (!has(VERBOSE))
    command.option(hasShort('-v') ? VERBOSE : `-v, ${VERBOSE}`, 'as usual: nothing more is known');
}

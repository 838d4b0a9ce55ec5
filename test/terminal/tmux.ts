/**
 * A project in a real pseudo-terminal: a shell in a tmux of its own, whose screen can be read.
 *
 * @module
 */

import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Project } from '../support/project.ts';
import { unless } from '../support/suite.ts';

export interface TmuxOptions {
  readonly columns: number;
  readonly rows: number;
  readonly env?: Readonly<Record<string, string>>;
}

export interface Tmux {
  /** Types a line, and Enter. */
  readonly type: (line: string) => void;
  /** As tmux names keys: `C-c`. */
  readonly press: (key: string) => void;
  /** The lines of the screen, without empty ones at its end; with escape sequences where colours are wanted. */
  readonly screen: (options?: { readonly isColoured: boolean }) => readonly string[];
  /** All that has scrolled away, and the screen. */
  readonly history: () => readonly string[];
  readonly resize: (columns: number, rows: number) => void;
  readonly isCursorShown: () => boolean;
  /** Looks at the screen until it shows this. @returns The screen. */
  readonly until: (shown: RegExp) => Promise<readonly string[]>;
}

/** `dvc-like` in the terminal. */
const CLI = fileURLToPath(new URL('../../dvc-like.js', import.meta.url));

export const withoutTmux = unless(spawnSync('tmux', ['-V']).status === 0, 'tmux is not installed');

const PATIENCE_MS = 20_000;
const LOOK_EVERY_MS = 30;

let count = 0;

export async function withTmux(
  project: Project,
  { columns, rows, env = {} }: TmuxOptions,
  body: (tmux: Tmux) => Promise<void>,
): Promise<void> {
  const socket = `dvc-like-test-${process.pid}-${count++}`;
  const tmux = (...args: readonly string[]): string => {
    const { status, stdout, stderr } = spawnSync('tmux', ['-f', '/dev/null', '-L', socket, ...args], {
      encoding: 'utf8',
      env: { PATH: process.env['PATH'], HOME: project.root, LANG: 'C.UTF-8', TERM: 'xterm-256color' },
    });
    if (status !== 0) throw new Error(`tmux ${args.join(' ')}: ${stderr}`);
    return stdout;
  };
  const bin = join(project.root, '../bin');
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, 'dvc-like'), `#!/bin/sh\nexec '${process.execPath}' '${CLI}' "$@"\n`, {
    mode: 0o755,
  });
  const shell = [
    'env',
    '-u',
    'CI',
    ...Object.entries({ ...env, PS1: '$ ', PATH: `${bin}:${process.env['PATH'] ?? ''}` }).map(
      ([key, value]) => `${key}=${value}`,
    ),
    'sh',
  ];
  tmux('new-session', '-d', '-x', String(columns), '-y', String(rows), '-c', project.root, ...shell);
  const capture = (...more: readonly string[]): readonly string[] =>
    tmux('capture-pane', '-p', ...more)
      .trimEnd()
      .split('\n');
  const screen: Tmux['screen'] = (options) => capture(...(options?.isColoured === true ? ['-e'] : []));
  try {
    tmux('set-option', '-g', 'status', 'off');
    tmux('resize-window', '-x', String(columns), '-y', String(rows));
    await body({
      type: (line) => {
        tmux('send-keys', '-l', line);
        tmux('send-keys', 'Enter');
      },
      press: (key) => tmux('send-keys', key),
      screen,
      history: () => capture('-S', '-'),
      resize: (wide, high) => tmux('resize-window', '-x', String(wide), '-y', String(high)),
      isCursorShown: () => tmux('display-message', '-p', '#{cursor_flag}').trim() === '1',
      until: async (shown) => {
        const startedMs = performance.now();
        for (;;) {
          const lines = screen();
          if (shown.test(lines.join('\n'))) return lines;
          if (performance.now() - startedMs > PATIENCE_MS)
            throw new Error(`The screen never showed ${String(shown)}:\n${lines.join('\n')}`);
          await sleep(LOOK_EVERY_MS);
        }
      },
    });
  } finally {
    tmux('kill-server');
  }
}
